'use strict';
// Brings the pictures and tables of a report to life: in the report's own page, and in the page that makes reports (src/TinyReorder.Web).
function showMemoryMap(data) {
  const byId = id => document.getElementById(id);
  const count = n => n.toLocaleString('en-US');
  const bytes = n => count(n) + ' B';
  const tip = byId('tip'), told = byId('told');

  function stepOf(element) {
    const chart = element.closest('[data-order]'), within = element.closest('[data-subgraph]');
    const subgraph = data.subgraphs.find(s => s.index === Number(within.dataset.subgraph));
    return subgraph.orders.find(o => o.name === chart.dataset.order).steps[Number(element.dataset.step)];
  }
  const regionName = number => (data.rewrite.loops[number - 1].form === 'bands' ? 'bands ' : 'loop ') + number;
  function describeStep(element) {
    const s = stepOf(element);
    const held = s.tensors.length > 12 ? s.tensors.slice(0, 12).join(' ') + ' and ' + count(s.tensors.length - 12) + ' more' : s.tensors.join(' ');
    return 'step ' + s.step + ': ' + (s.operator === null ? '' : 'operator ' + s.operator + ' ') + s.kind + (s.name ? '\n' + s.name : '')
      + (s.original ? '\nin the original: ' + (s.originalOperator === null ? s.original : (s.loop ? regionName(s.loop) + ', ' : '') + (s.original[0] === 'f' ? 'moves rows for ' : '') + 'operator ' + s.originalOperator) : '')
      + '\ninputs ' + bytes(s.inputBytes) + ', outputs ' + bytes(s.outputBytes) + ', others ' + bytes(s.otherBytes) + ', reserved ' + bytes(s.reservedBytes) + (s.sharedBytes ? ', shared ' + bytes(s.sharedBytes) : '')
      + '\ntotal ' + bytes(s.totalBytes) + (s.roundedBytes !== s.totalBytes ? ' (' + bytes(s.roundedBytes) + ' rounded as the runtime counts)' : '')
      + '\ntensors ' + held
      + (s.macs === null ? '' : '\n' + count(s.macs) + ' MACs') + (s.parameterBytes ? '\nparameters ' + bytes(s.parameterBytes) : '');
  }
  function describeBlock(element) {
    const arena = data.arenas.find(a => a.name === element.closest('[data-arena]').dataset.arena);
    const b = arena.blocks[Number(element.dataset.block)];
    const tensor = b.tensor === null ? null : data.subgraphs.find(s => s.index === b.subgraph).tensors.find(t => t.index === b.tensor);
    return (b.tensor === null ? '' : 'tensor ' + b.tensor + (data.subgraphs.length > 1 ? ' of subgraph ' + b.subgraph : '') + ' ') + b.name
      + (tensor ? '\n(' + tensor.shape.join(',') + ') ' + tensor.type + ', ' + bytes(tensor.bytes) + ' exactly' : '')
      + '\n' + bytes(b.bytes) + ' at offset ' + count(b.offsetBytes) + ' up to ' + count(b.offsetBytes + b.bytes)
      + '\nlives from moment ' + b.first + ' to ' + b.last;
  }
  function place(x, y) {
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = Math.max(4, Math.min(x + 14, innerWidth - box.width - 8)) + 'px';
    tip.style.top = Math.max(4, y + 18 + box.height > innerHeight ? y - box.height - 12 : y + 18) + 'px';
  }

  for (const [id, selector, describe] of [['bars', '.tr-step', describeStep], ['arena', '.tr-block[data-block]', describeBlock]]) {
    const picture = byId(id);
    let now = null;
    const choose = element => {
      if (now) now.classList.remove('now');
      now = element;
      if (now) now.classList.add('now'); else tip.hidden = true;
    };
    picture.addEventListener('pointermove', event => {
      const element = event.target.closest(selector);
      if (element !== now) {
        choose(element);
        if (element) tip.textContent = describe(element);
      }
      if (element) place(event.clientX, event.clientY);
    });
    picture.addEventListener('pointerleave', () => choose(null));
    picture.addEventListener('blur', () => choose(null));
    picture.addEventListener('keydown', event => {
      if (event.key === 'Escape') return choose(null);
      const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const all = [...picture.querySelectorAll(selector)].filter(element => !element.closest('[hidden]'));
      if (all.length === 0) return;
      const at = now ? all.indexOf(now) + step : step > 0 && step !== Infinity ? 0 : step;
      choose(all[Math.max(0, Math.min(all.length - 1, at))]);
      now.scrollIntoView({ block: 'nearest', inline: 'nearest' });
      const box = now.getBoundingClientRect();
      tip.textContent = told.textContent = describe(now);
      place(box.right, box.top);
    });
  }

  byId('switch').addEventListener('change', event => {
    for (const arena of document.querySelectorAll('.arena')) arena.hidden = arena.dataset.name !== event.target.value;
  });

  // A table whose columns are [heading, value of a row, is a number, text of a value].
  function show(table, columns, rows, state, isMarked) {
    const head = table.tHead, body = table.tBodies[0];
    head.replaceChildren();
    const line = head.insertRow();
    columns.forEach(([heading, , isNumber], i) => {
      const th = document.createElement('th'), button = document.createElement('button');
      th.scope = 'col';
      th.className = isNumber ? 'n' : '';
      if (state.column === i) th.setAttribute('aria-sort', state.descending ? 'descending' : 'ascending');
      button.type = 'button';
      button.textContent = heading;
      button.addEventListener('click', () => {
        state.descending = state.column === i ? !state.descending : Boolean(isNumber) && i > 0;
        state.column = i;
        show(table, columns, rows, state, isMarked);
        table.tHead.rows[0].cells[i].firstChild.focus();
      });
      th.append(button);
      line.append(th);
    });
    let sorted = rows;
    if (state.column !== null) {
      const value = columns[state.column][1], sign = state.descending ? -1 : 1;
      const compare = (a, b) => a === null ? (b === null ? 0 : -1) : b === null ? 1 : typeof a === 'number' ? a - b : a < b ? -1 : a > b ? 1 : 0;
      sorted = [...rows].sort((a, b) => sign * compare(value(a), value(b)));
    }
    const all = document.createDocumentFragment();
    for (const row of sorted) {
      const tr = document.createElement('tr');
      if (isMarked && isMarked(row)) tr.className = 'peak';
      for (const [, value, isNumber] of columns) {
        const td = document.createElement('td'), v = value(row);
        td.textContent = v === null ? '' : typeof v === 'number' ? count(v) : v;
        if (isNumber) td.className = 'n'; else if (td.textContent.length > 40) td.title = td.textContent;
        tr.append(td);
      }
      all.append(tr);
    }
    body.replaceChildren(all);
  }

  const stepColumns = [
    ['step', s => s.step, true], ['op', s => s.operator, true], ['operator', s => s.kind],
    ...(data.rewrite ? [['original', s => s.original || null, true]] : []), ['output', s => s.name],
    ['inputs', s => s.inputBytes, true], ['outputs', s => s.outputBytes, true], ['others', s => s.otherBytes, true], ['reserved', s => s.reservedBytes, true],
    ['bytes', s => s.totalBytes, true], ['shared', s => s.sharedBytes, true], ['MACs', s => s.macs, true], ['parameters', s => s.parameterBytes, true], ['tensors in memory', s => s.tensors.join(' ')]];
  const chosen = data.arenas.find(a => a.name === data.chosenArena), added = data.arrayBytes - chosen.arenaBytes;
  const tables = [];
  for (const subgraph of data.subgraphs) {
    const where = data.subgraphs.length > 1 ? ', subgraph ' + subgraph.index + (subgraph.name ? ' ' + subgraph.name : '')
      + (subgraph.loop ? ' (' + subgraph.loop.part + ' of loop ' + subgraph.loop.number + ': operators ' + subgraph.loop.firstOperator + ' to ' + subgraph.loop.lastOperator
        + ' of the original, ' + subgraph.loop.turns + ' turns)' : '') : '';
    const places = new Map(chosen.blocks.filter(b => b.subgraph === subgraph.index && b.tensor !== null).map(b => [b.tensor, b.offsetBytes]));
    for (const order of subgraph.orders)
      tables.push({ title: 'steps in the ' + order.name + ' order' + where, columns: stepColumns, rows: order.steps, marked: s => s.totalBytes === order.peakBytes });
    tables.push({
      title: 'tensors' + where,
      columns: [
        ['id', t => t.index, true], ['name', t => t.name], ['shape', t => '(' + t.shape.join(',') + ')'], ['type', t => t.type], ['bytes', t => t.bytes, true], ['role', t => t.role],
        ['written by', t => t.producer, true], ['first step', t => t.chosenLife[0], true], ['last step', t => t.chosenLife[1], true],
        ['offset', t => places.has(t.index) ? places.get(t.index) : null, true]],
      rows: subgraph.tensors });
  }
  if (data.rewrite) {
    const work = data.rewrite.work, most = Math.max(0, ...work.map(w => w.after + w.movingRows - w.before));
    tables.push({
      title: 'predicted work by operator of the original, ' + data.rewrite.workUnit + ' (' + data.rewrite.workModel + ')',
      columns: [
        ['op', w => w.operator, true], ['operator', w => w.kind], ['loop', w => w.loop, true], ['before', w => w.before, true], ['after', w => w.after, true],
        ['moving rows', w => w.movingRows, true], ['added', w => w.after + w.movingRows - w.before, true]],
      rows: work, marked: w => most > 0 && w.after + w.movingRows - w.before === most });
    tables.push({
      title: 'loops and bands',
      columns: [
        ['loop', l => l.number, true], ['operators of the original', l => l.operators.join(' ')], ['form', l => l.form], ['rows a turn', l => l.rowsPerTurn, true],
        ['turns', l => l.turns, true],
        ['body: subgraph', l => l.bodySubgraph, true]],
      rows: data.rewrite.loops });
  }
  const choice = byId('table-choice'), filter = byId('filter');
  tables.forEach((table, i) => choice.add(new Option(table.title, String(i))));
  choice.value = tables.length > 1 ? '1' : '0';
  let tableState = { column: null, descending: false };
  function showTable() {
    const table = tables[Number(choice.value)], wanted = filter.value.toLowerCase();
    const rows = wanted ? table.rows.filter(row => table.columns.some(([, value]) => String(value(row)).toLowerCase().includes(wanted))) : table.rows;
    show(byId('table'), table.columns, rows, tableState, table.marked);
    byId('count').textContent = count(rows.length) + ' rows';
  }
  choice.addEventListener('change', () => { tableState = { column: null, descending: false }; showTable(); });
  filter.addEventListener('input', showTable);
  showTable();

  const plan = byId('board-plan'), reserved = byId('reserved-sram'), only = byId('only-fitting'), boardState = { column: 4, descending: false };
  for (const arena of data.arenas) plan.add(new Option(arena.title + ', ' + bytes(arena.arenaBytes + added), arena.name));
  plan.value = data.chosenArena;
  reserved.value = data.board ? data.board.reservedSramBytes : 0;
  function showBoards() {
    const arena = data.arenas.find(a => a.name === plan.value), kept = Math.max(0, Math.floor(Number(reserved.value) || 0));
    const keptFlash = data.board ? data.board.reservedFlashBytes : 0;
    const all = data.boards.map(b => ({ ...b, left: b.staticRegionBytes - kept - arena.arenaBytes - added, leftFlash: b.usableFlashBytes - keptFlash - data.flashBytes }));
    for (const b of all) b.does = b.left >= 0 && b.leftFlash >= 0;
    const rows = only.checked ? all.filter(b => b.does) : all;
    show(byId('boards'), [
      ['board', b => b.id], ['name', b => b.name], ['kernels', b => b.kernels + (b.hasOtherKernels ? ' *' : '')], ['fits', b => b.does ? 'yes' : 'no'],
      ['SRAM', b => b.staticRegionBytes, true], ['SRAM left', b => b.left, true], ['flash', b => b.usableFlashBytes, true], ['flash left', b => b.leftFlash, true]],
      rows, boardState, b => data.board && b.id === data.board.id);
    byId('board-count').textContent = count(all.filter(b => b.does).length) + ' of ' + count(all.length) + ' boards would do';
  }
  for (const input of [plan, reserved, only]) input.addEventListener('input', showBoards);
  showBoards();
}

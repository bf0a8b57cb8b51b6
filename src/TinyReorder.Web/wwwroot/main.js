'use strict';
import { Engine, Stopped } from './engine.js';
import { BoardBox } from './boards.js';
import { make } from './elements.js';
import { verdictOf, detailsOf } from './answer.js';

const byId = id => document.getElementById(id);
// A run that is out of date and takes longer than this is ended; a new worker is ready in about that time.
const patience = 2000;

const engine = new Engine();
const board = new BoardBox(byId('board'), byId('board-list'), ask);
let model = null, wanted = null, isRunning = false, running = null, began = 0;

// What the answer below says as well is for those who do not see it.
function say(text, isBelow = false) {
  byId('state').textContent = text;
  byId('state').className = isBelow ? 'told' : '';
}

function fail(error) { say(error instanceof Stopped ? 'Stopped.' : 'The page could not finish: ' + error.message); }

function question() {
  const chosen = id => byId(id).value || null, number = id => Math.max(0, Math.floor(byId(id).valueAsNumber || 0));
  return {
    name: model.name, board: board.value, runtime: chosen('runtime'), kernels: chosen('kernels'), overlap: chosen('overlap'), rewrite: byId('rewrite').value,
    reservedSramBytes: number('keep-sram'), reservedFlashBytes: number('keep-flash'),
  };
}

// The newest question is answered; those that came before it and wait are not.
function ask() {
  if (!model) return;
  wanted = { bytes: model.bytes, question: question() };
  if (!isRunning) running = run();
  else if (performance.now() - began > patience) engine.restart();
}

async function run() {
  isRunning = true;
  while (wanted) {
    const now = wanted;
    wanted = null;
    began = performance.now();
    beBusy(true, now.question.name);
    try {
      const answer = await engine.ask('plan', now);
      if (wanted) continue;
      show(answer, now.question.name);
      if (!answer.figures) continue;
      showMap(await engine.ask('file', { kind: 'Report' }));
      if (wanted || (answer.figures.board?.fits ?? true)) continue;
      // To find settings that would fit takes several times as long as the answer.
      say('Looking for settings that would fit …');
      const advised = await engine.ask('plan', { ...now, question: { ...now.question, advice: true } });
      if (!wanted) show(advised, now.question.name);
    } catch (error) {
      if (wanted) continue;
      hideAnswer();
      fail(error);
    }
  }
  isRunning = false;
  beBusy(false);
}

function beBusy(busy, name) {
  if (busy) say('Working on ' + name + ' …');
  byId('stop').hidden = !busy;
  byId('answer').setAttribute('aria-busy', String(busy));
  for (const button of byId('files').querySelectorAll('button')) button.disabled = busy || button.dataset.off === 'true';
}

function hideAnswer() {
  byId('answer').hidden = byId('map').hidden = true;
  byId('map').replaceChildren();
}

function show(answer, name) {
  const verdict = verdictOf(answer), { figures } = answer;
  byId('h-answer').textContent = name;
  byId('verdict').textContent = verdict.text;
  byId('verdict').className = verdict.kind;
  byId('details').replaceChildren(...detailsOf(answer));
  for (const part of [byId('h-files'), byId('files'), byId('files-note')]) part.hidden = !figures;
  byId('files-note').textContent = answer.succeeded ? '' : 'No code for a device while there is an error; the memory map shows what does not fit.';
  for (const button of byId('files').querySelectorAll('button')) {
    const isMap = button.dataset.file === 'Report' || button.dataset.file === 'Json';
    button.dataset.off = String(!isMap && (!answer.succeeded || (button.dataset.file === 'OpResolver' && figures.runtime === null)));
  }
  byId('answer').hidden = false;
  if (!figures) byId('map').hidden = true;
  say(name + ': ' + verdict.text, true);
}

// The report's own page, without its frame: the same markup, style and code draw it here.
function showMap(report) {
  const map = byId('map');
  map.hidden = false;
  byId('fitting').replaceChildren();
  if (report.trouble) return map.replaceChildren(make('p', {}, report.trouble.code + ': ' + report.trouble.message));
  // Its style comes from a file here: the page's policy knows no other.
  const text = new TextDecoder().decode(report.bytes).replace(/<style>[^]*?<\/style>/, '');
  const page = new DOMParser().parseFromString(text, 'text/html');
  const parts = [...page.querySelector('main').children, page.getElementById('tip')];
  map.replaceChildren(...parts.map(part => document.importNode(part, true)));
  showMemoryMap(JSON.parse(page.getElementById('data').textContent));
  byId('fitting').replaceChildren(make('a', { href: '#h-boards' }, byId('board-count').textContent), '.');
}

async function take(file) {
  model = { name: file.name, bytes: new Uint8Array(await file.arrayBuffer()) };
  ask();
}

async function takeExample({ model: name, board: id, rewrite = 'Off' }) {
  const answer = await fetch('examples/' + name);
  model = { name, bytes: new Uint8Array(await answer.arrayBuffer()) };
  board.value = id;
  byId('rewrite').value = rewrite;
  ask();
}

async function hand(kind) {
  const file = await engine.ask('file', { kind });
  if (file.trouble) return say(file.trouble.code + ': ' + file.trouble.message);
  const link = make('a', { href: URL.createObjectURL(new Blob([file.bytes])), download: file.name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  say(file.name + ' was saved.');
}

byId('file').addEventListener('change', event => { if (event.target.files.length > 0) take(event.target.files[0]).catch(fail); });
for (const button of document.querySelectorAll('[data-model]')) button.addEventListener('click', () => takeExample(button.dataset).catch(fail));
for (const button of document.querySelectorAll('[data-file]')) button.addEventListener('click', () => hand(button.dataset.file).catch(fail));
for (const id of ['kernels', 'runtime', 'overlap', 'rewrite', 'keep-sram', 'keep-flash']) byId(id).addEventListener('change', ask);
byId('stop').addEventListener('click', () => { wanted = null; engine.restart(); });
byId('question').addEventListener('submit', event => event.preventDefault());
document.addEventListener('dragover', event => { event.preventDefault(); byId('question').classList.add('over'); });
document.addEventListener('dragleave', event => { if (event.relatedTarget === null) byId('question').classList.remove('over'); });
document.addEventListener('drop', event => {
  event.preventDefault();
  byId('question').classList.remove('over');
  if (event.dataTransfer.files.length > 0) take(event.dataTransfer.files[0]).catch(fail);
});

// The lists take about as long as half an answer: whoever has chosen a model by now gets that first.
async function fillLists() {
  try {
    await engine.ask('start');
    while (isRunning) await running;
    const catalog = await engine.ask('catalog');
    board.boards = catalog.boards;
    board.value = board.value;
    byId('runtime').append(...catalog.runtimes.map(id => new Option(id, id)));
    byId('version').textContent = catalog.version;
    if (!model) say('Ready: choose a model.');
  } catch (error) {
    if (error instanceof Stopped) return fillLists();
    say('The page could not load: ' + error.message);
  }
}
fillLists();

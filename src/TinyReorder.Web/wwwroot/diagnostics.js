'use strict';
import { make } from './elements.js';

const severities = { Error: 'error', Warning: 'warning', Message: 'message' };

// Diagnostics as a list: code, where, what is wrong and what to do, and the page of the code to unfold.
export function diagnosticList(diagnostics) {
  return make('ul', { class: 'diagnostics' }, ...diagnostics.map(diagnostic => make('li', { class: diagnostic.severity },
    make('p', {}, make('strong', {}, diagnostic.code), ' ' + (severities[diagnostic.severity] ?? diagnostic.severity) + where(diagnostic)),
    make('p', {}, diagnostic.message),
    help(diagnostic.code))));
}

function where({ file, line, column, subgraph, operator }) {
  const places = [
    file === null ? null : file + (line === null ? '' : ' (' + line + (column === null ? '' : ',' + column) + ')'),
    subgraph === null ? null : 'subgraph ' + subgraph,
    operator === null ? null : 'operator ' + operator];
  const known = places.filter(place => place !== null);
  return known.length > 0 ? ' in ' + known.join(', ') : '';
}

function help(code) {
  const body = make('div');
  const details = make('details', {}, make('summary', {}, 'What ' + code + ' means and what helps'), body);
  details.addEventListener('toggle', async () => {
    if (!details.open || body.hasChildNodes()) return;
    const answer = await fetch('diagnostics/' + code + '.md');
    body.replaceChildren(...(answer.ok ? blocks(await answer.text()) : [make('p', {}, 'There is no page of this code.')]));
  });
  return details;
}

// The little of Markdown that the pages of the codes use.
function blocks(text) {
  const all = [];
  let list = null, code = null;
  for (const line of text.replace(/\r\n/g, '\n').split('\n').slice(1)) {
    if (line.startsWith('```')) {
      if (code === null) code = []; else { all.push(make('pre', {}, code.join('\n'))); code = null; }
    } else if (code !== null) code.push(line);
    else if (line.startsWith('## ')) all.push(make('p', {}, make('strong', {}, line.slice(3))));
    else if (line.startsWith('- ')) {
      if (list === null) all.push(list = make('ul'));
      list.append(make('li', {}, ...inline(line.slice(2))));
      continue;
    } else if (line.startsWith('|')) all.push(make('pre', {}, line));
    else if (line.trim()) all.push(make('p', {}, ...inline(line)));
    list = null;
  }
  return all;
}

function inline(text) {
  return text.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1').split('`').map((part, i) => i % 2 ? make('code', {}, part) : part);
}

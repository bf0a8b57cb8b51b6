'use strict';
import { make, bytes, word } from './elements.js';
import { diagnosticList } from './diagnostics.js';

// The answer in one sentence, and how it is told apart.
export function verdictOf(answer) {
  const { figures, diagnostics } = answer;
  if (!figures) return { kind: 'overflow', text: 'The model cannot be worked with.' };
  const { board } = figures, needs = 'needs an arena of ' + bytes(figures.arrayBytes) + (figures.arenaIsExact ? '' : ' at most');
  if (!board) return { kind: 'plain', text: 'It ' + needs + '.' };
  const parts = [left(board.sramLeftBytes, 'SRAM'), left(board.flashLeftBytes, 'flash')].join(', ');
  if (!board.fits) return { kind: 'overflow', text: 'It does not fit on ' + board.name + ': it ' + needs + '; ' + parts + '.' };
  const refused = diagnostics.some(diagnostic => diagnostic.severity === 'Error');
  return { kind: refused ? 'overflow' : 'fits', text: 'It fits on ' + board.name + ': it ' + needs + '; ' + parts + '.' };
}

// Figures before and after, diagnostics and hints.
export function detailsOf({ figures, diagnostics, hints }) {
  return [
    ...(diagnostics.length > 0 ? [diagnosticList(diagnostics)] : []),
    ...(figures ? [table(figures), ...sentences(figures).map(text => make('p', {}, text))] : []),
    ...hints.map(hint => make('p', {}, hint))];
}

function left(number, what) {
  return number >= 0 ? bytes(number) + ' of ' + what + ' left' : bytes(-number) + ' of ' + what + ' missing';
}

function table(figures) {
  const rows = [
    ['Arena', 'arena', figures.fileArenaBytes, figures.arenaBytes],
    ['Peak', 'peak', figures.filePeakBytes, figures.peakBytes],
    ['Model in flash', 'flash', figures.fileBytes, figures.flashBytes]];
  if (figures.arrayBytes !== figures.arenaBytes) rows.splice(1, 0, ['Array to declare', 'array', null, figures.arrayBytes]);
  return make('table', { class: 'figures' },
    make('thead', {}, make('tr', {}, make('td'), ...['file as it is', 'now', 'difference'].map(text => make('th', { scope: 'col', class: 'n' }, text)))),
    make('tbody', {}, ...rows.map(([name, id, before, after]) => make('tr', { 'data-figure': id },
      make('th', { scope: 'row' }, name),
      make('td', { class: 'n' }, before === null ? '' : bytes(before)),
      make('td', { class: 'n' }, bytes(after)),
      make('td', { class: 'n' }, before === null ? '' : difference(before, after))))));
}

function difference(before, after) {
  if (before === after) return 'the same';
  const share = Math.round(100 * Math.abs(after - before) / before);
  return (after < before ? '−' : '+') + bytes(Math.abs(after - before)) + (share > 0 ? ' (' + share + ' %)' : '');
}

function sentences(figures) {
  const { runtime, kernels, abi, plan, order, overlap, rewrite } = figures;
  const device = runtime === null ? 'without an interpreter' : 'for ' + [runtime, kernels && word(kernels) + ' kernels', abi && word(abi)].filter(Boolean).join(', ');
  const placed = { Offline: 'our plan in the model', Device: "the device's planner", Own: "the file's own plan" }[plan];
  const all = [
    'Computed ' + device + ', ' + (figures.arenaIsExact ? 'exact to the byte' : 'an upper bound') + '; ' + word(order) + ' order, ' + placed + ', overlap ' + word(overlap) + '.',
    figures.isProven ? 'No order has a lower peak: that is proven.' : 'The search ran into its limit of time: an order with a lower peak may exist.'];
  if (rewrite && rewrite.workRatio !== 1)
    all.push('Rewritten with ' + rewrite.loops + (rewrite.loops === 1 ? ' loop' : ' loops') + ' over rows: ' + rewrite.workRatio.toFixed(3) + ' times the predicted work, '
      + bytes(rewrite.addedFlashBytes) + ' more flash.');
  if (rewrite?.reason) all.push(rewrite.reason);
  return all;
}

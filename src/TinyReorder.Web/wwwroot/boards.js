'use strict';
import { make, count } from './elements.js';

const most = 60;

// The searchable list of boards: a text field whose list holds what has all words that were typed (the ARIA pattern of an editable combobox).
export class BoardBox {
  #input; #list; #boards = []; #shown = []; #active = -1; #changed; #told = '';

  constructor(input, list, changed) {
    [this.#input, this.#list, this.#changed] = [input, list, changed];
    input.addEventListener('input', () => this.#open());
    input.addEventListener('click', () => this.#open());
    input.addEventListener('keydown', event => this.#key(event));
    input.addEventListener('blur', () => { this.#close(); this.#tell(); });
    list.addEventListener('pointerdown', event => {
      event.preventDefault();
      const option = event.target.closest('[role=option]');
      if (option) this.#choose(this.#shown[Number(option.dataset.index)]);
    });
  }

  set boards(boards) {
    this.#boards = boards.map(board => ({ ...board, sought: [board.id, board.name, ...board.words].join(' ').toLowerCase() }));
  }

  // An id, or what was typed where no board is called so; null for none. Whoever reads it is not told of it again.
  get value() {
    this.#told = this.#input.value;
    const text = this.#told.trim();
    const board = this.#boards.find(board => board.id === text || board.name === text);
    return board ? board.id : text || null;
  }

  set value(id) {
    const board = this.#boards.find(board => board.id === id);
    this.#input.value = board ? board.name : id ?? '';
    this.#told = this.#input.value;
  }

  #open() {
    const text = this.#input.value.trim().toLowerCase(), words = text.split(/\s+/).filter(Boolean);
    const all = this.#boards.some(board => board.name.toLowerCase() === text) ? this.#boards
      : this.#boards.filter(board => words.every(word => board.sought.includes(word)));
    this.#shown = all.slice(0, most);
    this.#list.replaceChildren(...this.#shown.map((board, index) => make('li', { role: 'option', id: 'board-' + index, 'data-index': index, 'aria-selected': 'false' },
      board.name, make('small', {}, board.id + ', ' + count(board.sramBytes) + ' B SRAM, ' + count(board.flashBytes) + ' B flash'))));
    if (all.length > most) this.#list.append(make('li', { role: 'presentation', class: 'more' }, 'and ' + (all.length - most) + ' more: type a word'));
    this.#activate(-1);
    this.#list.hidden = this.#shown.length === 0;
    this.#input.setAttribute('aria-expanded', String(!this.#list.hidden));
  }

  #close() {
    this.#list.hidden = true;
    this.#input.setAttribute('aria-expanded', 'false');
    this.#activate(-1);
  }

  #activate(index) {
    this.#active = index;
    this.#list.querySelectorAll('[role=option]').forEach((option, i) => option.setAttribute('aria-selected', String(i === index)));
    if (index < 0) return this.#input.removeAttribute('aria-activedescendant');
    const option = this.#list.children[index];
    this.#input.setAttribute('aria-activedescendant', option.id);
    option.scrollIntoView({ block: 'nearest' });
  }

  #key(event) {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (this.#list.hidden) this.#open();
      const last = this.#shown.length - 1;
      if (last >= 0) this.#activate(event.key === 'ArrowDown' ? Math.min(last, this.#active + 1) : this.#active <= 0 ? last : this.#active - 1);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (!this.#list.hidden && this.#active >= 0) this.#choose(this.#shown[this.#active]);
      else { this.#close(); this.#tell(); }
    } else if (event.key === 'Escape') {
      if (this.#list.hidden) { this.#input.value = ''; this.#tell(); } else this.#close();
    }
  }

  #choose(board) {
    this.#input.value = board.name;
    this.#close();
    this.#tell();
  }

  #tell() {
    if (this.#input.value === this.#told) return;
    this.#told = this.#input.value;
    this.#changed();
  }
}

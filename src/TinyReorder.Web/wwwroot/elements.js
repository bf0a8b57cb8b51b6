'use strict';

// An element with attributes and children; strings become text.
export function make(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children.filter(child => child !== null));
  return element;
}

export const count = number => number.toLocaleString('en-US');

export const bytes = number => count(number) + ' B';

// The words of the other tools: CmsisNnDsp is cmsis-nn-dsp.
export const word = name => name.replace(/(?<!^)[A-Z]/g, letter => '-' + letter).toLowerCase();

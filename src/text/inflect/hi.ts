import type { Inflection } from './inflection.ts';

const RULES: readonly (readonly [ending: string, forms: readonly string[]])[] = [
  ['ियाँ', ['ी', 'ियों']],
  ['ी', ['ियाँ', 'ियां', 'ियों']],
  ['ा', ['े', 'ों', 'ी', 'ाएँ', 'ाएं', 'ाओं']],
  ['ि', ['ियाँ', 'ियां', 'ियों']],
  ['ू', ['ुओं', 'ुएँ']],
  ['ु', ['ुओं', 'ुएँ']],
  ['', ['ों', 'ें', 'े']],
];

/** Hindi: plural and oblique endings. */
export const hindi: Inflection = {
  bend: (word) => {
    const rule = RULES.find(([ending]) => word.length > ending.length && word.endsWith(ending));
    if (rule === undefined) return [];
    const stem = word.slice(0, word.length - rule[0].length);
    return rule[1].map((end) => stem + end);
  },
};

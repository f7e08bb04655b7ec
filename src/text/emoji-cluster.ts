import { CharacterClass as C, characterClass } from './character-class.ts';

/** Longest emoji sequence that is read as one, in UTF-16 units. */
const LONGEST_EMOJI = 64;

/**
 * Reads an emoji with its modifiers, or a flag.
 *
 * @param text - a text
 * @param start - position of an emoji or a regional indicator
 * @returns the key, which leaves out skin tones and the colour selector, and the position after it
 */
export function readEmoji(text: string, start: number): { readonly key: string; readonly end: number } {
  let at = start;
  let key = '';
  let joined = true;
  let flag = 0;
  while (at < text.length && at - start < LONGEST_EMOJI) {
    const codePoint = text.codePointAt(at) ?? 0;
    const size = codePoint > 0xffff ? 2 : 1;
    const kind = characterClass(codePoint);
    if (codePoint === 0x200d && key !== '') {
      joined = true;
    } else if (codePoint === 0xfe0f || codePoint === 0xfe0e || (codePoint >= 0x1f3fb && codePoint <= 0x1f3ff)) {
      // colour selector and skin tone change the look only
    } else if (codePoint >= 0xe0020 && codePoint <= 0xe007f) {
      key += String.fromCodePoint(codePoint);
    } else if (kind === C.regionalIndicator && (flag === 1 || at === start)) {
      key += String.fromCodePoint(codePoint);
      flag += 1;
      joined = false;
    } else if (joined && (kind === C.emoji || kind === C.sign) && flag === 0) {
      key += (key === '' ? '' : '\u200d') + String.fromCodePoint(codePoint);
      joined = false;
    } else break;
    at += size;
  }
  return { key, end: at };
}

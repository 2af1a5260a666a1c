/** The columns of a text as a terminal shows them, and prettier counts them: East Asian wide characters and emoji take two, combining marks none. */
export function columnsOf(text: string): number {
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code < 0x20 || code > 0x7e) return beyondAscii(text);
  }
  return text.length;
}

function beyondAscii(text: string): number {
  let width = 0;
  for (const character of text.replace(emoji, "  ")) {
    if (combining.test(character)) continue;
    width += wide.test(character) ? 2 : 1;
  }
  return width;
}

const emoji = /\p{Emoji_Presentation}/gu;
const combining = /^[\p{Cc}\u0300-\u036f\u200b-\u200d\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f]$/u;
const wide =
  /^[\u1100-\u115f\u231a\u231b\u2329\u232a\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{1b2ff}\u{1f200}-\u{1f265}\u{1f300}-\u{1f64f}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]$/u;

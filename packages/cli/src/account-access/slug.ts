/** What people call an account, as a word that every tool and every shell takes. */

/** Letters that do not come apart into a Latin one and a mark. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  ẞ: 'SS',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ð: 'd',
  Ð: 'D',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
  ħ: 'h',
  Ħ: 'H',
}

/**
 * As much of a text as every AWS tool and every shell takes in a name: Latin letters without their marks, digits, and
 * `_ . @ +`; a dash for everything between. Empty when nothing is left.
 */
export const formatSlug = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\0-\x7f]/gu, (letter) => LETTERS[letter] ?? ' ')
    .replace(/[^\w.@+]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '')

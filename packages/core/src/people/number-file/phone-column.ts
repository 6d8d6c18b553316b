/** How people name the column in which phones stand. */
const phoneNames =
  /^(phone|phone[ _-]?number|mobile|cell|tel|telephone|number|телефон|номер|номер телефона|мобильный)$/i;

/** The column, from 0, whose name is that of phones; null when none is. */
export function phoneColumnNamed(names: readonly string[]): number | null {
  const column = names.findIndex((name) => phoneNames.test(name.trim()));
  return column === -1 ? null : column;
}

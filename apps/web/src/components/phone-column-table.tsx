import type { ReactNode } from "react";

type PhoneColumnTableProps = {
  /** Accessible name of the table. */
  caption: string;
  /** The columns of the file. `input` chooses whether the column holds phones. */
  columns: readonly { index: number; isPhone: boolean; input: ReactNode; name: string }[];
  /** The first rows of the file: the content of each cell. */
  rows: readonly ((column: number) => ReactNode)[];
};

/** Shows the first rows of a file. The columns with phones are chosen in its header. */
export const PhoneColumnTable = ({ caption, columns, rows }: PhoneColumnTableProps) => (
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached
  <section className="scroll" tabIndex={0} aria-label={caption}>
    <table>
      <caption className="sr-only">{caption}</caption>
      <thead>
        <tr>
          {columns.map(({ index, isPhone, input, name }) => (
            <th key={index} scope="col" className={lit(isPhone)}>
              <label className="inline-flex min-h-6 cursor-pointer items-center gap-2">
                {input}
                {name}
              </label>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((cell, row) => (
          // oxlint-disable-next-line react/no-array-index-key -- rows of a file have no other key and never move
          <tr key={row}>
            {columns.map(({ index, isPhone }) => (
              <td key={index} className={lit(isPhone)}>
                {cell(index)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </section>
);

const lit = (isPhone: boolean) => (isPhone ? "bg-selected px-3" : "px-3 first:pl-0");

import { Fragment, type ReactNode } from "react";

export type Fact = { name: string; value: ReactNode; notes?: readonly ReactNode[] };

/** Lists names and values. Notes add a date or an earlier value. */
export const Facts = ({ facts }: { facts: readonly Fact[] }) => (
  <dl className="facts">
    {facts.map(({ name, value, notes = [] }) => (
      <div key={name}>
        <dt>{name}</dt>
        <dd>{value}</dd>
        {notes.map((note, i) => (
          // eslint-disable-next-line react/no-array-index-key -- notes never move
          <Fragment key={i}>
            <dd>{note}</dd>
          </Fragment>
        ))}
      </div>
    ))}
  </dl>
);

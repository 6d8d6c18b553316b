"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, createContext, useContext, useMemo, useState } from "react";
import { useIsInBrowser } from "../is-in-browser";

/** A row of a list that can be chosen for an act on several rows. */
export type BulkRow = {
  id: string;
  /** Name of the row in the preview and in the result. */
  name: string;
  /** Why the act would be refused for this row; null if it would not. */
  refusal: string | null;
};

type Bulk = {
  rows: readonly BulkRow[];
  chosen: ReadonlySet<string>;
  setChosen: (ids: ReadonlySet<string>) => void;
};

const BulkContext = createContext<Bulk | null>(null);

/** The rows of the list, and which of them are chosen. */
export function useBulk(): Bulk {
  const bulk = useContext(BulkContext);
  if (bulk === null) throw new Error("There is no BulkList around this.");
  return bulk;
}

type BulkListProps = {
  rows: readonly BulkRow[];
  /** Buttons of the acts, shown once a row is chosen. */
  acts: ReactNode;
  /** The table. Each of its rows has a `BulkName`. */
  children: ReactNode;
};

/** A list whose rows can be chosen, with a bar of what can be done with all chosen ones at once. */
export function BulkList({ rows, acts, children }: BulkListProps) {
  const t = useTranslations("bulk");
  const [given, setChosen] = useState<ReadonlySet<string>>(new Set());
  // Rows of an earlier page, or that an act has taken off the list, are not chosen any more.
  const chosen = useMemo(
    () => new Set(rows.flatMap(({ id }) => (given.has(id) ? id : []))),
    [rows, given],
  );
  const bulk = useMemo(() => ({ rows, chosen, setChosen }), [rows, chosen]);
  // A box that is checked before the scripts run would be cleared by them.
  const isAlive = useIsInBrowser();
  const isAll = rows.length > 0 && chosen.size === rows.length;
  return (
    <BulkContext value={bulk}>
      <div
        role="toolbar"
        aria-label={t("label")}
        className="flex min-h-11 flex-wrap items-center gap-x-4 gap-y-2 py-1.5 text-sm"
      >
        <label className="flex min-h-6 items-center gap-2">
          <input
            type="checkbox"
            disabled={!isAlive}
            checked={isAll}
            onChange={() => setChosen(new Set(isAll ? [] : rows.map(({ id }) => id)))}
          />
          {t("all", { count: rows.length })}
        </label>
        <span aria-live="polite" className="text-muted tabular-nums">
          {chosen.size > 0 && t("chosen", { count: chosen.size })}
        </span>
        {chosen.size > 0 && acts}
      </div>
      {children}
    </BulkContext>
  );
}

/** Box that chooses a row. Nothing where no act is offered, because the member may do none. */
function BulkBox({ id }: { id: string }) {
  const t = useTranslations("bulk");
  const isAlive = useIsInBrowser();
  const bulk = useContext(BulkContext);
  if (bulk === null) return null;
  const { rows, chosen, setChosen } = bulk;
  const name = rows.find((row) => row.id === id)?.name ?? "";
  const toggle = () => {
    const others = [...chosen].filter((one) => one !== id);
    setChosen(new Set(chosen.has(id) ? others : [...others, id]));
  };
  return (
    <input
      type="checkbox"
      className="size-4"
      aria-label={t("choose", { name })}
      disabled={!isAlive}
      checked={chosen.has(id)}
      onChange={toggle}
    />
  );
}

/** The cell that names a row, with its box before it. */
export const BulkName = ({ id, children }: { id: string; children: ReactNode }) => (
  <span className="flex items-start gap-2.5">
    <BulkBox id={id} />
    <span className="min-w-0">{children}</span>
  </span>
);

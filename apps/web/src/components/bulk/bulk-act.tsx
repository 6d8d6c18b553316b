"use client";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button } from "../buttons";
import { Dialog } from "../dialogs";
import { type BulkRow, useBulk } from "./bulk-list";
import { type BulkOutcome, runForEach } from "./run-for-each";

type BulkActProps = {
  /** Label of the button, and of the one that confirms. */
  label: string;
  title: string;
  whyNot: string | undefined;
  /** What the act needs to know, such as the member to assign to. */
  children?: ReactNode;
  /** Performs the act on one row. It is the verb of a single row, so it is audited and refused like there. */
  act: (id: string) => Promise<unknown>;
};

/**
 * Does one thing with all chosen rows. It first says how many rows will be changed and which will not, and why; then it
 * says the same of what happened. Each row is a transaction of its own.
 */
export function BulkAct({ label, title, whyNot, children, act }: BulkActProps) {
  const t = useTranslations("bulk");
  const router = useRouter();
  const { rows, chosen, setChosen } = useBulk();
  const [isOpen, setOpen] = useState(false);
  const [done, setDone] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<BulkOutcome | null>(null);
  const given = rows.filter(({ id }) => chosen.has(id));
  const allowed = given.filter(({ refusal }) => refusal === null);
  const perform = async () => {
    setDone(0);
    setOutcome(await runForEach(allowed, act, setDone));
    setDone(null);
  };
  const close = () => {
    setOpen(false);
    if (outcome === null) return;
    setOutcome(null);
    setChosen(new Set());
    router.refresh();
  };
  return (
    <>
      <Button size="small" whyNot={whyNot} onClick={() => setOpen(true)}>
        {label}
      </Button>
      {isOpen && (
        <Dialog
          isAlert
          title={title}
          onClose={close}
          actions={
            outcome === null ? (
              <>
                <Button disabled={done !== null} onClick={close}>
                  {t("cancel")}
                </Button>
                <Button
                  look="primary"
                  disabled={allowed.length === 0}
                  busy={done !== null && t("progress", { done, count: allowed.length })}
                  onClick={() => void perform()}
                >
                  {label}
                </Button>
              </>
            ) : (
              <Button look="primary" onClick={close}>
                {t("close")}
              </Button>
            )
          }
        >
          <div aria-live="polite" className="grid gap-3 text-ink">
            {outcome === null ? (
              <>
                <p>{t("willChange", { count: allowed.length })}</p>
                <Refused
                  rows={given.filter(({ refusal }) => refusal !== null)}
                  title={t("wontChange")}
                />
                {children}
              </>
            ) : (
              <>
                <p>{t("changed", { count: outcome.done })}</p>
                <Refused rows={outcome.refused} title={t("notChanged")} />
              </>
            )}
          </div>
        </Dialog>
      )}
    </>
  );
}

/** Lists the rows that are not changed, each with the reason. */
function Refused({ title, rows }: { title: string; rows: readonly BulkRow[] }) {
  if (rows.length === 0) return null;
  return (
    <div>
      <p className="font-semibold">{title}</p>
      <ul className="max-h-60 overflow-auto">
        {rows.map(({ id, name, refusal }) => (
          <li key={id} className="border-b border-line py-1.5">
            {name}: <span className="text-muted">{refusal}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

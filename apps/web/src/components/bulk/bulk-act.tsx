"use client";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { Button, type ButtonLook } from "../buttons";
import { Dialog } from "../dialogs";
import { type BulkRow, useBulk } from "./bulk-list";
import { type BulkOutcome, runForEach } from "./run-for-each";

type BulkActProps = {
  /** Label of the button, and of the one that confirms. */
  label: string;
  title: string;
  /** Look of the button that confirms. */
  look?: ButtonLook;
  /** False while something that the act needs is not chosen yet. */
  isReady?: boolean;
  /** Fields for what the act needs to know, such as the member to assign to. */
  children?: ReactNode;
  /** Performs the act on one row. It is the verb of a single row, so it is audited and refused like there. */
  act: (id: string) => Promise<unknown>;
};

/**
 * Does one thing with all chosen rows. It first says how many rows will be changed and which will not, and why; then it
 * says the same of what happened. Each row is a transaction of its own.
 */
export function BulkAct(props: BulkActProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size="small" onClick={() => setOpen(true)}>
        {props.label}
      </Button>
      {isOpen && <BulkDialog {...props} onClose={() => setOpen(false)} />}
    </>
  );
}

/** Asks before the act, counts the rows while it runs, and says what was changed. It cannot be closed meanwhile. */
function BulkDialog({
  label,
  title,
  look = "primary",
  isReady = true,
  children,
  act,
  onClose,
}: BulkActProps & { onClose: () => void }) {
  const t = useTranslations("bulk");
  const router = useRouter();
  const { rows, chosen, setChosen } = useBulk();
  const [done, setDone] = useState<number | null>(null);
  const [outcome, setOutcome] = useState<BulkOutcome | null>(null);
  const given = rows.filter(({ id }) => chosen.has(id));
  const allowed = given.filter(({ refusal }) => refusal === null);
  const isRunning = done !== null;
  const perform = async () => {
    setDone(0);
    setOutcome(await runForEach(allowed, act, setDone));
    setDone(null);
  };
  const close = () => {
    onClose();
    if (outcome === null) return;
    setChosen(new Set());
    router.refresh();
  };
  const asking = (
    <>
      <Button disabled={isRunning} onClick={close}>
        {t("cancel")}
      </Button>
      <Button
        look={look}
        disabled={allowed.length === 0 || !isReady}
        busy={isRunning && t("progress", { done, count: allowed.length })}
        onClick={() => void perform()}
      >
        {label}
      </Button>
    </>
  );
  const finished = (
    <Button look="primary" onClick={close}>
      {t("close")}
    </Button>
  );
  return (
    <Dialog
      isAlert
      isBusy={isRunning}
      title={title}
      onClose={close}
      actions={outcome === null ? asking : finished}
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

"use client";
import { useTranslations } from "next-intl";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { Button, ButtonLink } from "@/components/buttons";
import { Section } from "@/components/page-layout";
import { KeyCap } from "@/components/single-keys";

/** Outcomes of a call other than an opt-out. Each has its own form. */
export const outcomes = ["wrong-number", "complaint", "agreement"] as const;
export type Outcome = (typeof outcomes)[number];

/** The letter on the key that opens the form. */
export const outcomeKeys = { "wrong-number": "W", complaint: "C", agreement: "A" } as const;

export type OutcomeForms = ReturnType<typeof useOutcomeForms>;

/** Opens and closes the forms, one at a time. A closed form keeps what was typed. */
export function useOutcomeForms() {
  const [open, setOpen] = useState<Outcome | null>(null);
  const opener = useRef<Element | null>(null);
  const show = useCallback((outcome: Outcome) => {
    const { activeElement } = document;
    if (!activeElement?.closest(`[${PANEL}]`)) opener.current = activeElement;
    setOpen(outcome);
  }, []);
  const close = useCallback(() => setOpen(null), []);
  /** Closes the form and moves the focus back to where it was before. */
  const leave = useCallback(() => {
    setOpen(null);
    if (opener.current instanceof HTMLElement) opener.current.focus();
  }, []);
  return { open, show, close, leave };
}

const PANEL = "data-outcome-panel";

type OutcomesProps = {
  offered: readonly Outcome[];
  open: Outcome | null;
  hasKeys: boolean;
  /** True if an opt-out was recorded. The way to the next call is then elsewhere on the page. */
  isOver: boolean;
  onOpen: (outcome: Outcome) => void;
  onCheck: () => void;
};

/** Lists what else an agent can do, each with its key. */
export function Outcomes({ offered, open, hasKeys, isOver, onOpen, onCheck }: OutcomesProps) {
  const t = useTranslations("call.outcomes");
  const cap = (name: string) => hasKeys && <KeyCap name={name} isOnButton />;
  return (
    <Section title={t("title")} aside={t("escape")}>
      <div className="flex flex-wrap gap-2 pt-3">
        {offered.map((outcome) => (
          <Button
            key={outcome}
            aria-expanded={open === outcome}
            aria-controls={panelId(outcome)}
            onClick={() => onOpen(outcome)}
          >
            {t(outcome)} {cap(outcomeKeys[outcome])}
          </Button>
        ))}
        <Button onClick={onCheck}>
          {t("check")} {cap("R")}
        </Button>
        {!isOver && (
          <ButtonLink href="/call">
            {t("next")} {cap("N")}
          </ButtonLink>
        )}
      </div>
    </Section>
  );
}

const panelId = (outcome: Outcome) => `outcome-${outcome}`;

type OutcomePanelProps = { outcome: Outcome; forms: OutcomeForms; children: ReactNode };

/** Shows the form of an outcome while it is open, and moves the focus into it. Hidden, it keeps its text. */
export function OutcomePanel({ outcome, forms, children }: OutcomePanelProps) {
  const t = useTranslations("call.outcomes");
  const panel = useRef<HTMLDivElement>(null);
  const isOpen = forms.open === outcome;
  // The focus of the browser is outside of React.
  useEffect(() => {
    if (isOpen) focusFirstControl(panel.current);
  }, [isOpen]);
  return (
    <div id={panelId(outcome)} ref={panel} hidden={!isOpen} {...{ [PANEL]: true }}>
      <Section title={t(outcome)}>
        <div className="max-w-[40rem] pt-3">{children}</div>
      </Section>
    </div>
  );
}

/** A form that has nothing to fill in yet takes the focus on its own text. */
function focusFirstControl(panel: HTMLElement | null) {
  const first = panel?.querySelector<HTMLElement>("input, select, textarea, button, [tabindex]");
  first?.focus();
  first?.scrollIntoView({ block: "nearest" });
}

"use client";
import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { type Locale, say } from "@ringfence/core/platform/message";
import type { RecordedOptOut } from "@ringfence/services/do-not-call/opt-out";
import { useTranslations } from "next-intl";
import { type KeyboardEvent as ReactKeyboardEvent, useCallback, useRef } from "react";
import { Banner } from "@/components/banner";
import { Button, ButtonLink } from "@/components/buttons";
import { LocalTime } from "@/components/dates";
import { RadioGroup } from "@/components/fields";
import { MessageText } from "@/components/message-text";
import { Columns, Section } from "@/components/page-layout";
import { PhoneText } from "@/components/people";
import { KeyCap, useSingleKeys } from "@/components/single-keys";
import { SayAloud, SpelledReference } from "./say-aloud";

type StopFormProps = {
  about: CallAbout;
  hasKeys: boolean;
  isFound: boolean;
  isBusy: boolean;
  /** True while another form is open. The digits are then keys of that form. */
  isBehind: boolean;
  failure: string | null;
  onStop: (scope: CallScope) => void;
  /** Called when S brings the focus back here. */
  onReturn: () => void;
};

/**
 * Records an opt-out. Enter submits, 1, 2 and 3 choose which calls, and S moves the focus here. "All calls"
 * is first, so that a slip errs on the person's side. If a dialer opened the page, the form has the focus
 * at once; after a look-up the agent has to move the focus here first.
 */
export function StopForm({ about, isFound, failure, onStop, onReturn, ...form }: StopFormProps) {
  const { hasKeys, isBusy, isBehind } = form;
  const t = useTranslations("call");
  const choices = useRef<HTMLDivElement | null>(null);
  const mount = useCallback(
    (element: HTMLDivElement | null) => {
      choices.current = element;
      if (!isFound) focusChosen(element);
    },
    [isFound],
  );
  const act = useCallback(
    (code: string) => {
      if (isBehind && code !== "KeyS") return false;
      const isHandled = choose(choices.current, code);
      if (isHandled) onReturn();
      return isHandled;
    },
    [isBehind, onReturn],
  );
  useSingleKeys(hasKeys, act);
  return (
    <Section title={t("stop")} aside={hasKeys && <KeyCap name="S" />}>
      <form
        className="grid gap-3 pt-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isBusy) onStop(chosenIn(new FormData(event.currentTarget)));
        }}
      >
        {failure !== null && (
          <Banner tone="bad" role="alert" title={t("failed", { reason: failure })}>
            {t("failedAgain")}
          </Banner>
        )}
        <div ref={mount}>
          <RadioGroup
            legend={t("what")}
            radio={{ name: "scope", onKeyDown: ignoreHeldEnter }}
            chosen="all"
            choices={callScopes.map((value, index) => ({
              value,
              label: t(`scopes.${value}`, { name: scopeName(value, about) }),
              hint: t(`hints.${value}`, { organization: about.organization }),
              ...(hasKeys && { shortcut: String(index + 1) }),
            }))}
          />
        </div>
        {/* Stays enabled while it records, because a disabled button loses the focus. */}
        <Button type="submit" look="danger" size="big" onKeyDown={ignoreHeldEnter}>
          {t(isBusy ? "stopping" : "stop")} <KeyCap name="Enter" isOnButton />
        </Button>
      </form>
      <p className="pt-2 text-sm text-muted">{t("note")}</p>
      {!hasKeys && <p className="pt-1 text-sm text-muted">{t("keysOff")}</p>}
    </Section>
  );
}

/** The dialer opens the page with a person on the line: Enter has to stop at once. */
const focusChosen = (element: HTMLElement | null) =>
  element?.querySelector<HTMLElement>("input:checked")?.focus();

/** Selects a choice by its digit, or moves the focus to the selected one for S. Returns false for other keys. */
function choose(choices: HTMLElement | null, code: string): boolean {
  const scope = callScopes[Number(/^(?:Digit|Numpad)(\d)$/.exec(code)?.[1]) - 1];
  if (scope === undefined && code !== "KeyS") return false;
  const wanted = scope === undefined ? "input:checked" : `[value=${scope}]`;
  const radio = choices?.querySelector<HTMLElement>(wanted);
  radio?.focus();
  radio?.click();
  return true;
}

/** Ignores Enter while it is held down: it was pressed for something else. */
function ignoreHeldEnter(event: ReactKeyboardEvent) {
  if (event.key === "Enter" && event.repeat) event.preventDefault();
}

const chosenIn = (data: FormData): CallScope =>
  callScopes.find((scope) => scope === data.get("scope")) ?? "all";

type StoppedProps = {
  answer: RecordedOptOut;
  scope: CallScope;
  about: CallAbout;
  /** Language of what is read back. */
  locale: Locale;
  zone: string;
  hasKeys: boolean;
};

/** Shows what is in force, what to read back, and the way to the next call. */
export function Stopped({ answer, scope, about, locale, zone, hasKeys }: StoppedProps) {
  const t = useTranslations("call");
  const name = scopeName(scope, about);
  return (
    <Columns>
      <Section title={t("readBack")}>
        <p className="pt-3 text-sm text-muted">
          {t.rich("since", {
            time: () => <LocalTime instant={answer.effectiveAt} zone={zone} precision="evidence" />,
          })}{" "}
          {answer.notes.map((note) => (
            <MessageText key={note.key} message={note} />
          ))}
        </p>
        <SayAloud lang={locale}>
          <p className="font-semibold">
            {say(locale, { key: "call.stopped", values: { scope, name } })}
          </p>
          <p>{say(locale, { key: "call.reference" })}</p>
          <SpelledReference reference={answer.reference} locale={locale} />
          <p>{say(locale, { key: "call.goodbye" })}</p>
        </SayAloud>
      </Section>
      <Section title={t("next")}>
        <div className="pt-3">
          <ButtonLink href="/call" look="primary" size="big">
            {t("nextCall")} {hasKeys && <KeyCap name="N" isOnButton />}
          </ButtonLink>
        </div>
      </Section>
    </Columns>
  );
}

type StoppedLineProps = Pick<StoppedProps, "answer" | "scope" | "about">;

/** The sentence with the result. Screen readers announce it. */
export function StoppedLine({ answer, scope, about }: StoppedLineProps) {
  const t = useTranslations("call");
  return (
    <>
      {t.rich("stopped", {
        scope,
        name: scopeName(scope, about),
        organization: about.organization,
        b: (text) => <strong className="text-refuse">{text}</strong>,
        phone: () => <PhoneText phone={answer.phone} />,
      })}{" "}
      <span className="sr-only">{t("reference", { reference: answer.reference })}</span>
    </>
  );
}

/** Name of the organization, and the seller and the purpose of the call: what an opt-out can be from. */
export type CallAbout = {
  organization: string;
  seller: { id: string; name: string };
  purpose: { key: string; name: string };
};

const callScopes = ["all", "seller", "purpose"] as const;
export type CallScope = (typeof callScopes)[number];

const scopeName = (scope: CallScope, about: CallAbout) =>
  ({ all: about.organization, seller: about.seller.name, purpose: about.purpose.name })[scope];

/** Returns the scope to record. An empty scope stands for all calls of the organization. */
export function toOptOutScope(
  scope: CallScope,
  { seller, purpose }: CallAbout,
): NonNullable<RecordOptOut["scope"]> {
  if (scope === "seller") return { seller: seller.id };
  return scope === "purpose" ? { purpose: purpose.key } : {};
}

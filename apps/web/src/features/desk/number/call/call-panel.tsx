"use client";
import { type Locale, say } from "@ringfence/core/platform/message";
import { useMutation } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import {
  type KeyboardEvent as ReactKeyboardEvent,
  type ReactNode,
  useCallback,
  useEffect,
  useRef,
  useState,
} from "react";
import type { RecordedOptOut } from "@ringfence/services/do-not-call/opt-out";
import type { RecordOptOut } from "@ringfence/core/do-not-call/opt-out";
import { Columns, Section } from "@/components/page-layout";
import { useTRPC } from "@/trpc/client";
import { Banner } from "@/components/banner";
import { Button, ButtonLink } from "@/components/buttons";
import { RadioGroup } from "@/components/fields";
import { LocalTime } from "@/components/dates";
import { PhoneText } from "@/components/people";
import { MessageText } from "@/components/message-text";
import { SayAloud, SpelledReference } from "./say-aloud";

type CallPanelProps = {
  /** E.164. */
  phone: string;
  about: CallAbout;
  /** Language of the person on the line. */
  locale: Locale;
  zone: string;
  hasKeys: boolean;
  /** True if the agent looked the number up: a second press of Enter must then not record an opt-out. */
  isFound: boolean;
  /** The current verdict, rendered again when an opt-out is in force. */
  verdict: ReactNode;
  /** Script for the agent, next to the opt-out form. */
  script: ReactNode;
};

/** Records an opt-out of the person on the line, and shows what to read back. */
export function CallPanel({ phone, about, verdict, script, isFound, ...person }: CallPanelProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const interfaceLocale = useLocale();
  const record = useMutation(
    trpc.optOut.record.mutationOptions({ onSuccess: () => router.refresh() }),
  );
  const [scope, setScope] = useState<CallScope>("all");
  const { answer, fault } = record.data ?? {};
  const stop = (chosen: CallScope) => {
    setScope(chosen);
    record.mutate({ phone, scope: toOptOutScope(chosen, about), channel: "agent" });
  };
  return (
    <>
      <output aria-live="assertive" className="block text-xl text-pretty md:text-2xl">
        {answer && (
          <p tabIndex={-1} ref={focus} className="mb-4 max-w-[50rem]">
            <StoppedLine answer={answer} scope={scope} about={about} />
          </p>
        )}
      </output>
      {verdict}
      {answer ? (
        <Stopped {...{ answer, scope, about }} {...person} />
      ) : (
        <Columns>
          {script}
          <StopForm
            about={about}
            hasKeys={person.hasKeys}
            isFound={isFound}
            isBusy={record.isPending}
            failure={record.error?.message ?? (fault ? say(interfaceLocale, fault) : null)}
            onStop={stop}
          />
        </Columns>
      )}
    </>
  );
}

const focus = (element: HTMLElement | null) => element?.focus();

type StopFormProps = {
  about: CallAbout;
  hasKeys: boolean;
  isFound: boolean;
  isBusy: boolean;
  failure: string | null;
  onStop: (scope: CallScope) => void;
};

/**
 * Records an opt-out. Enter submits, 1, 2 and 3 choose which calls, and S moves the focus here. "All calls"
 * is first, so that a slip errs on the person's side. If a dialer opened the page, the form has the focus
 * at once; after a look-up the agent has to move the focus here first.
 */
function StopForm({ about, isFound, failure, onStop, ...form }: StopFormProps) {
  const { hasKeys, isBusy } = form;
  const t = useTranslations("call");
  const choices = useRef<HTMLDivElement | null>(null);
  const mount = useCallback(
    (element: HTMLDivElement | null) => {
      choices.current = element;
      if (!isFound) focusChosen(element);
    },
    [isFound],
  );
  const act = useCallback((code: string) => choose(choices.current, code), []);
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
        <Button
          type="submit"
          look="danger"
          size="big"
          busy={isBusy && t("stopping")}
          onKeyDown={ignoreHeldEnter}
        >
          {t("stop")} <KeyCap name="Enter" isOnButton />
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
function Stopped({ answer, scope, about, locale, zone, hasKeys }: StoppedProps) {
  const t = useTranslations("call");
  const router = useRouter();
  const act = useCallback(
    (code: string) => {
      if (code === "KeyN") router.push("/call");
      return code === "KeyN";
    },
    [router],
  );
  useSingleKeys(hasKeys, act);
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
function StoppedLine({ answer, scope, about }: StoppedLineProps) {
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

/** The seller and the purpose of the call. */
type CallAbout = {
  organization: string;
  seller: { id: string; name: string };
  purpose: { key: string; name: string };
};

const callScopes = ["all", "seller", "purpose"] as const;
type CallScope = (typeof callScopes)[number];

const scopeName = (scope: CallScope, about: CallAbout) =>
  ({ all: about.organization, seller: about.seller.name, purpose: about.purpose.name })[scope];

/** Returns the scope to record. An empty scope stands for all calls of the organization. */
function toOptOutScope(
  scope: CallScope,
  { seller, purpose }: CallAbout,
): NonNullable<RecordOptOut["scope"]> {
  if (scope === "seller") return { seller: seller.id };
  return scope === "purpose" ? { purpose: purpose.key } : {};
}

/**
 * Handles single keys wherever the focus is, except in text fields. Keys are identified by position, so
 * that they are the same in every layout. Members can switch them off (WCAG 2.1.4). `act` returns whether
 * it handled the key.
 */
function useSingleKeys(isOn: boolean, act: (code: string) => boolean) {
  // The keyboard of the browser is outside of React.
  useEffect(() => {
    if (!isOn) return;
    const listen = (event: KeyboardEvent) => {
      const isShortcut =
        !event.metaKey && !event.ctrlKey && !event.altKey && !isTyping(event.target);
      if (isShortcut && act(event.code)) event.preventDefault();
    };
    addEventListener("keydown", listen);
    return () => removeEventListener("keydown", listen);
  }, [isOn, act]);
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.matches("input:not([type=radio]), textarea, select, [contenteditable]");

type KeyCapProps = { name: string; isOnButton?: boolean };

/** Shows a keyboard shortcut as a key cap. */
const KeyCap = ({ name, isOnButton = false }: KeyCapProps) => (
  <kbd className={isOnButton ? "border-current bg-transparent text-current" : undefined}>
    {name}
  </kbd>
);

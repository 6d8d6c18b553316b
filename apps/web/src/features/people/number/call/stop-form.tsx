"use client";

import { useTranslations } from "next-intl";
import { type KeyboardEvent, useCallback, useRef } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { KeyCap } from "@/components/key-cap";
import { RadioGroup } from "@/components/radio-group";
import { Section } from "@/components/section";
import { type CallAbout, type CallScope, callScopes, nameOfScope } from "./call-scope";
import { useSingleKeys } from "./use-single-keys";

type StopFormProps = {
  about: CallAbout;
  hasKeys: boolean;
  isFound: boolean;
  isBusy: boolean;
  failure: string | null;
  onStop: (scope: CallScope) => void;
};

/**
 * Records a refusal. Enter submits, 1, 2 and 3 choose which calls, and S moves the focus here. "All calls" is
 * first, so that a slip errs on the person's side. If a dialer opened the page, the form has the focus at once;
 * after a look-up the agent has to move the focus here first.
 */
export function StopForm({ about, isFound, failure, onStop, ...form }: StopFormProps) {
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
            choices={callScopes.map((value, place) => ({
              value,
              label: t(`scopes.${value}`, { name: nameOfScope(value, about) }),
              hint: t(`hints.${value}`, { organization: about.organization }),
              ...(hasKeys && { shortcut: String(place + 1) }),
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

/** Whether the key is one of ours. */
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
function ignoreHeldEnter(event: KeyboardEvent) {
  if (event.key === "Enter" && event.repeat) event.preventDefault();
}

const chosenIn = (data: FormData): CallScope =>
  callScopes.find((scope) => scope === data.get("scope")) ?? "all";

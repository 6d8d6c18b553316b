"use client";

import { type Locale, say } from "@ringfence/core/platform/message";
import type { OptOutAnswer } from "@ringfence/services/do-not-call/opt-out";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { ButtonLink } from "@/components/button-link";
import { Columns } from "@/components/columns";
import { KeyCap } from "@/components/key-cap";
import { LocalTime } from "@/components/local-time";
import { PhoneText } from "@/components/phone-text";
import { Said } from "@/components/said";
import { Section } from "@/components/section";
import { type CallAbout, type CallScope, nameOfScope } from "./call-scope";
import { SayAloud } from "./say-aloud";
import { Spelled } from "./spelled";
import { useSingleKeys } from "./use-single-keys";

type StoppedProps = {
  answer: OptOutAnswer;
  scope: CallScope;
  about: CallAbout;
  /** Of the person: what is read back is in it. */
  locale: Locale;
  zone: string;
  hasKeys: boolean;
};

/** What is in force, what to read back, and the way to the next call. */
export function Stopped({ answer, scope, about, locale, zone, hasKeys }: StoppedProps) {
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
  const name = nameOfScope(scope, about);
  return (
    <Columns>
      <Section title={t("readBack")}>
        <p className="pt-3 text-sm text-muted">
          {t.rich("since", {
            time: () => <LocalTime instant={answer.effectiveAt} zone={zone} precision="evidence" />,
          })}{" "}
          {answer.notes.map((note) => (
            <Said key={note.key} message={note} />
          ))}
        </p>
        <SayAloud lang={locale}>
          <p className="font-semibold">
            {say(locale, { key: "call.stopped", values: { scope, name } })}
          </p>
          <p>{say(locale, { key: "call.reference" })}</p>
          <Spelled reference={answer.reference} locale={locale} />
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

/** The sentence that decides, said aloud by screen readers as it comes. */
export function StoppedLine({ answer, scope, about }: StoppedLineProps) {
  const t = useTranslations("call");
  return (
    <>
      {t.rich("stopped", {
        scope,
        name: nameOfScope(scope, about),
        organization: about.organization,
        b: (text) => <strong className="text-refuse">{text}</strong>,
        phone: () => <PhoneText phone={answer.phone} />,
      })}{" "}
      <span className="sr-only">{t("reference", { reference: answer.reference })}</span>
    </>
  );
}

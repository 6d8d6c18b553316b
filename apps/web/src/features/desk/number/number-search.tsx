import { useLocale, useTranslations } from "next-intl";
import { CONTROL } from "@/components/fields";
import { SubmitButton } from "@/components/client-buttons";
import { submitNumber } from "./submit-number";
import type { NumberPage, NumberQuery } from "./number-query";
import { Empty, PageHead } from "@/components/page-layout";
import { placeName } from "@/i18n/place-name";
import { Banner } from "@/components/banner";
import { type Message, say } from "@ringfence/core/platform/message";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

type NumberFormProps = {
  /** Text in the field. */
  value?: string;
  /** The call that the last number was screened for, and the next one will be. */
  look?: Pick<NumberQuery, "seller" | "purpose" | "dialer">;
  /** Id of the text that describes the number. */
  describedBy?: string;
  isInvalid?: boolean;
  /** Focuses the field, if the page has nothing else yet. */
  hasFocus?: boolean;
  /** Plain style, for pages with a more important button. */
  isQuiet?: boolean;
  /** Page that shows the number. */
  place?: NumberPage;
};

/** Field for a number in any format. It is sent in the request body, never in the address. */
export function NumberForm({ value, look, describedBy, ...form }: NumberFormProps) {
  const t = useTranslations("number");
  const { isInvalid, hasFocus, isQuiet, place } = form;
  return (
    <search>
      <form action={submitNumber} className="flex max-w-[30rem] gap-2">
        <input
          key={value}
          aria-label={t("label")}
          aria-describedby={describedBy}
          aria-invalid={isInvalid}
          // oxlint-disable-next-line jsx-a11y/no-autofocus -- the page is for this one field
          autoFocus={hasFocus}
          autoComplete="off"
          className={`${CONTROL} min-w-0 flex-1`}
          defaultValue={value}
          inputMode="tel"
          maxLength={200}
          name="number"
          placeholder={t("placeholder")}
          required
        />
        {place && <input type="hidden" name="place" value={place} />}
        {Object.entries(look ?? {}).map(
          ([name, chosen]) =>
            chosen && <input key={name} type="hidden" name={name} value={chosen} />,
        )}
        <SubmitButton {...(!isQuiet && { look: "primary" })} busy={t("finding")}>
          {t("find")}
        </SubmitButton>
      </form>
    </search>
  );
}

type NumberStartProps = {
  /** True if the page's address has expired. */
  isOver: boolean;
  /** ISO 3166-1: the country of numbers without one. */
  homeRegion: string;
};

/** Page before the first number, or after an expired address. */
export function NumberStart({ isOver, homeRegion }: NumberStartProps) {
  const t = useTranslations("number");
  return (
    <>
      <PageHead title={t("title")} />
      <NumberForm hasFocus describedBy="hint" />
      <p id="hint" className="mt-1 text-xs text-muted">
        {t("hint", { country: placeName(useLocale(), homeRegion) })}
      </p>
      <Empty title={t(isOver ? "again" : "empty")}>{t(isOver ? "againBody" : "emptyBody")}</Empty>
    </>
  );
}

/** Shown if the number cannot be screened, because there is no seller yet or the member may not use it. */
export function NotScreened({ fault }: { fault: string }) {
  const t = useTranslations("number");
  return (
    <>
      <PageHead title={t("title")} />
      <div className="mb-5">
        <NumberForm />
      </div>
      <Banner title={fault} />
    </>
  );
}

type UnreadableNumberProps = { typed: string; fault: Message; look: NumberQuery };

/** Explains why typed text is not a number. */
export function UnreadableNumber({ typed, fault, look }: UnreadableNumberProps) {
  const t = useTranslations("number");
  const verdict = useTranslations("verdict");
  const locale = useLocale();
  const { seller, purpose, dialer } = look;
  return (
    <>
      <PageHead title={t("title")} />
      <NumberForm
        value={typed}
        look={{ seller, purpose, dialer }}
        describedBy="unread"
        isInvalid
        hasFocus
      />
      <section
        aria-label={verdict("label")}
        className="mt-7 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3.5"
      >
        <CircleAlert aria-hidden strokeWidth={1.75} className="size-9 text-refuse md:size-11" />
        <p id="unread" className="max-w-[50rem] text-xl text-pretty md:text-2xl">
          {t.rich("unread", {
            no: (text: ReactNode) => <strong className="text-refuse">{text}</strong>,
            sentence: say(locale, fault),
          })}
        </p>
      </section>
    </>
  );
}

import { useLocale, useTranslations } from "next-intl";
import { CONTROL } from "@/components/control-class";
import { SubmitButton } from "@/components/submit-button";
import { askNumber } from "./ask-number";
import type { Look, LookPlace } from "./look";
import { Empty } from "@/components/empty";
import { PageHead } from "@/components/page-head";
import { placeName } from "./words";
import { Banner } from "@/components/banner";
import { type Message, say } from "@ringfence/core/platform/message";
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";

type AskFormProps = {
  /** What stands in the field. */
  value?: string;
  /** The call for which the last number was judged, and the next one will be. */
  look?: Pick<Look, "seller" | "purpose" | "dialer">;
  /** The id of what is said about the number. */
  describedBy?: string;
  isInvalid?: boolean;
  /** Where there is nothing to read yet. */
  hasFocus?: boolean;
  /** Where the page has a more important button. */
  isQuiet?: boolean;
  /** Where the number is shown. */
  place?: LookPlace;
};

/** One field for a number in any format. It goes in the body of the request, never in the address. */
export function AskForm({ value, look, describedBy, ...form }: AskFormProps) {
  const t = useTranslations("number");
  const { isInvalid, hasFocus, isQuiet, place } = form;
  return (
    <search>
      <form action={askNumber} className="flex max-w-[30rem] gap-2">
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

type NothingAskedProps = {
  /** Of an address that opens no longer. */
  isOver: boolean;
  /** ISO 3166-1: the country of a number that names none. */
  homeRegion: string;
};

/** Before the first number, or after a look that is over. */
export function NothingAsked({ isOver, homeRegion }: NothingAskedProps) {
  const t = useTranslations("number");
  return (
    <>
      <PageHead title={t("title")} />
      <AskForm hasFocus describedBy="hint" />
      <p id="hint" className="mt-1 text-xs text-muted">
        {t("hint", { country: placeName(useLocale(), homeRegion) })}
      </p>
      <Empty title={t(isOver ? "again" : "empty")}>{t(isOver ? "againBody" : "emptyBody")}</Empty>
    </>
  );
}

/** What was asked cannot be judged: there is no seller yet, or it is not the member's to ask for. */
export function NotJudged({ fault }: { fault: string }) {
  const t = useTranslations("number");
  return (
    <>
      <PageHead title={t("title")} />
      <div className="mb-5">
        <AskForm />
      </div>
      <Banner title={fault} />
    </>
  );
}

type UnreadProps = { typed: string; fault: Message; look: Look };

/** What was typed is no number, and why: nothing else is looked at. */
export function Unread({ typed, fault, look }: UnreadProps) {
  const t = useTranslations("number");
  const verdict = useTranslations("verdict");
  const locale = useLocale();
  const { seller, purpose, dialer } = look;
  return (
    <>
      <PageHead title={t("title")} />
      <AskForm
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

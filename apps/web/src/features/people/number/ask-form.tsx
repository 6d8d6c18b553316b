import { useTranslations } from "next-intl";
import { CONTROL } from "@/components/control-class";
import { SubmitButton } from "@/components/submit-button";
import { askNumber } from "./ask-number";
import type { Look, LookPlace } from "./look";

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

import { useTranslations } from "next-intl";
import { CONTROL } from "../control-class";
import { SubmitButton } from "../submit-button";

type SealedSearchProps = {
  label: string;
  /** What is searched for now. */
  value: string | null;
  /** Goes to the address of what was found; the other filters come as hidden fields. */
  action: (given: FormData) => Promise<void>;
  kept?: Record<string, string | null>;
};

/** A search for a person: sent in a body, for what is personal never stands in an address. */
export function SealedSearch({ label, value, action, kept }: SealedSearchProps) {
  const t = useTranslations("filters");
  return (
    <form
      action={action}
      className="flex min-w-0 flex-1 basis-full gap-2 sm:max-w-[26rem] sm:basis-auto"
    >
      <input
        key={value}
        type="search"
        name="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        maxLength={128}
        defaultValue={value ?? ""}
        className={`${CONTROL} min-w-0 flex-1`}
      />
      {Object.entries(kept ?? {}).map(
        ([name, chosen]) => chosen && <input key={name} type="hidden" name={name} value={chosen} />,
      )}
      <SubmitButton busy={t("searching")}>{t("search")}</SubmitButton>
    </form>
  );
}

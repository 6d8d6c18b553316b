import { FileEvery } from "@ringfence/core/do-not-call/endpoint";
import { useTranslations } from "next-intl";
import { Banner } from "@/components/banner";
import { ChoiceField } from "@/components/choice-field";

type FileEveryFieldProps = { every: FileEvery; onEvery: (every: FileEvery) => void };

/** Chooses how often a file is written. Warns that opt-outs between two files reach the dialer later. */
export function FileEveryField({ every, onEvery }: FileEveryFieldProps) {
  const words = useTranslations("fileFields");
  return (
    <>
      <ChoiceField
        label={words("everyLabel")}
        hint={words("everyHint")}
        choices={FileEvery.options.map((key) => ({ key, name: words(`every.${key}`) }))}
        chosen={every}
        onChoose={onEvery}
      />
      {every !== "change" && (
        <output>
          <Banner tone="care" title={words("everyLater")} />
        </output>
      )}
    </>
  );
}

import { useTranslations } from "next-intl";
import { type FormKey, markOf, partsOf } from "./forms";

/** Who says that files of a form are so, part by part; nothing of a table that somebody has described here. */
export function useFormMarks() {
  const t = useTranslations("registryForm");
  return (key: FormKey): string | null => {
    const mark = markOf(key);
    if (mark === null) return null;
    const parts = partsOf(key).map(({ part, mark }) =>
      t(`partMarks.${mark}`, { part: t(`parts.${part}`) }),
    );
    return [t(`marks.${mark}`), ...parts].join(" ");
  };
}

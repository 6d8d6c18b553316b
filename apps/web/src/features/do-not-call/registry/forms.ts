import {
  type FormMark,
  type FormPart,
  listFormKeys,
  type ListFormKey,
  listForms,
  offeredFormKeys,
  type RegistryFormat,
  tableFormKeys,
  type TableFormKey,
  tableFormOf,
  tableForms,
} from "@ringfence/core/do-not-call/registry";

export type FormKey = ListFormKey | TableFormKey | "table";

/** Every form of files that is offered, lists before tables. */
export const formChoices: readonly FormKey[] = [...offeredFormKeys, "table", ...tableFormKeys];

export const isListForm = (key: FormKey): key is ListFormKey =>
  listFormKeys.some((known) => known === key);

/** What people call the form of a format; `table` where its mapping is of their own making. */
export const formKeyOf = (format: RegistryFormat): FormKey =>
  format.reader === "csv" ? (tableFormOf(format.mapping) ?? "table") : format.reader;

const partNames = ["flat-changes", "xml-changes", "changes", "updates", "dates"] as const;

/** The parts of a form that somebody else says are so, or nobody, and who. */
export function partsOf(key: FormKey): { part: FormPart; mark: FormMark }[] {
  const form = isListForm(key) ? listForms[key] : null;
  const marks: Partial<Record<FormPart, FormMark>> = form && "parts" in form ? form.parts : {};
  return partNames.flatMap((part) => {
    const mark = marks[part];
    return mark ? { part, mark } : [];
  });
}

/** Who says that a form is so; null of a table that somebody has described here. */
export function markOf(key: FormKey): FormMark | null {
  if (key === "table") return null;
  return isListForm(key) ? listForms[key].mark : tableForms[key].mark;
}

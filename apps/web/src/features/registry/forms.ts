import {
  type FormMark,
  listFormKeys,
  type ListFormKey,
  listForms,
  offeredFormKeys,
  type RegistryFormat,
  tableFormKeys,
  type TableFormKey,
  tableFormOf,
  tableForms,
} from "@ringfence/core/registry";

type FormKey = ListFormKey | TableFormKey | "table";

/** Every form of files that is offered, lists before tables. */
export const formChoices: readonly FormKey[] = [...offeredFormKeys, "table", ...tableFormKeys];

export const isListForm = (key: FormKey): key is ListFormKey =>
  listFormKeys.some((known) => known === key);

/** What people call the form of a format; `table` where its mapping is of their own making. */
export const formKeyOf = (format: RegistryFormat): FormKey =>
  format.reader === "csv" ? (tableFormOf(format.mapping) ?? "table") : format.reader;

/** Who says that a form is so; null of a table that somebody has described here. */
export function markOf(key: FormKey): FormMark | null {
  if (key === "table") return null;
  return isListForm(key) ? listForms[key].mark : tableForms[key].mark;
}

import { ActivityRow } from "@ringfence/core/people/activity";
import { asteriskColumns, CallRow } from "@ringfence/core/calling/call";
import { ContactRow } from "@ringfence/core/people/contact";
import type { Columns } from "./read-csv.ts";

/** `External ID`, `external_id` and `externalId` are one. */
const plain = (name: string) => name.toLowerCase().replaceAll(/[\s_-]/g, "");

function nameAmong(known: readonly string[]) {
  const byPlain = new Map(known.map((name) => [plain(name), name]));
  return (head: string) => byPlain.get(plain(head)) ?? null;
}

const callNames = Object.keys(CallRow.shape);

export const callColumns: Columns = {
  known: callNames,
  nameOf: nameAmong(callNames),
  rowOf: (cells) => Object.fromEntries(cells.map(([name, cell]) => [name, cellOfCall(name, cell)])),
};

/** Of Asterisk's `Master.csv`. */
export const asteriskLog: Columns = {
  heads: asteriskColumns,
  known: asteriskColumns,
  nameOf: (head) => head,
  rowOf: (cells) => Object.fromEntries(cells),
};

/** Of VICIdial's exports, with columns by choice, most of which say nothing of the call. */
export const vicidialLog: Columns = {
  known: [],
  nameOf: (head) => head.toLowerCase(),
  rowOf: (cells) => Object.fromEntries(cells),
};

const cellOfCall = (name: string, cell: string) =>
  name === "seconds" && /^\d+$/.test(cell) ? Number(cell) : cell;

const ATTRIBUTE = "attributes.";
const contactNames = Object.keys(ContactRow.shape).filter((name) => name !== "attributes");
const contactNameOf = nameAmong(contactNames);

/** Several phones stand in one cell, parted by semicolons, or in several columns called `phone`. */
export const contactColumns: Columns = {
  known: [...contactNames, `${ATTRIBUTE}…`],
  nameOf: (head) => (isAttribute(head) ? head : contactNameOf(head)),
  rowOf: (cells) => {
    const phones = cells.filter(([name]) => name === "phone" || name === "phones");
    const attributes = cells.filter(([name]) => isAttribute(name));
    const fields = cells.filter((cell) => !phones.includes(cell) && !attributes.includes(cell));
    return {
      ...Object.fromEntries(fields),
      phones: phones.flatMap(([, cell]) => cell.split(";")).map((phone) => phone.trim()),
      attributes: Object.fromEntries(
        attributes.map(([name, cell]) => [name.slice(ATTRIBUTE.length), cell]),
      ),
    };
  },
};

const PROPERTY = "properties.";
const activityNames = Object.keys(ActivityRow.shape).filter(
  (name) => name !== "properties" && name !== "items",
);
const activityNameOf = nameAmong(activityNames);
const isProperty = (name: string) => name.toLowerCase().startsWith(PROPERTY);

/** Properties have columns of their own. A row of a file is a whole activity, so that it has no items. */
export const activityColumns: Columns = {
  known: [...activityNames, `${PROPERTY}…`],
  nameOf: (head) => (isProperty(head) ? head : activityNameOf(head)),
  rowOf: (cells) => ({
    ...Object.fromEntries(cells.filter(([name]) => !isProperty(name))),
    properties: Object.fromEntries(
      cells
        .filter(([name]) => isProperty(name))
        .map(([name, cell]) => [name.slice(PROPERTY.length), cell]),
    ),
  }),
};

const isAttribute = (name: string) => name.toLowerCase().startsWith(ATTRIBUTE);

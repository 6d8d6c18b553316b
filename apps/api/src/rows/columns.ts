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
  findName: nameAmong(callNames),
  toRow: (cells) => Object.fromEntries(cells.map(([name, cell]) => [name, toCallCell(name, cell)])),
};

/** Columns of Asterisk's `Master.csv`. */
export const asteriskLog: Columns = {
  heads: asteriskColumns,
  known: asteriskColumns,
  findName: (head) => head,
  toRow: (cells) => Object.fromEntries(cells),
};

/** Columns of VICIdial exports. The user chooses them, and most say nothing about the call. */
export const vicidialLog: Columns = {
  known: [],
  findName: (head) => head.toLowerCase(),
  toRow: (cells) => Object.fromEntries(cells),
};

const toCallCell = (name: string, cell: string) =>
  name === "seconds" && /^\d+$/.test(cell) ? Number(cell) : cell;

const ATTRIBUTE = "attributes.";
const contactNames = Object.keys(ContactRow.shape).filter((name) => name !== "attributes");
const findContactName = nameAmong(contactNames);

/** Several phones stand in one cell, parted by semicolons, or in several columns called `phone`. */
export const contactColumns: Columns = {
  known: [...contactNames, `${ATTRIBUTE}…`],
  findName: (head) => (isAttribute(head) ? head : findContactName(head)),
  toRow: (cells) => {
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
const findActivityName = nameAmong(activityNames);
const isProperty = (name: string) => name.toLowerCase().startsWith(PROPERTY);

/** Properties have columns of their own. A row of a file is a whole activity, so that it has no items. */
export const activityColumns: Columns = {
  known: [...activityNames, `${PROPERTY}…`],
  findName: (head) => (isProperty(head) ? head : findActivityName(head)),
  toRow: (cells) => ({
    ...Object.fromEntries(cells.filter(([name]) => !isProperty(name))),
    properties: Object.fromEntries(
      cells
        .filter(([name]) => isProperty(name))
        .map(([name, cell]) => [name.slice(PROPERTY.length), cell]),
    ),
  }),
};

const isAttribute = (name: string) => name.toLowerCase().startsWith(ATTRIBUTE);

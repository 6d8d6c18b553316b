import {
  type ImportOutcome,
  type ReadOptOutCells,
  readOptOutCells,
  rejectedCells,
} from "@ringfence/core/desk/import";
import { readRefusal } from "@ringfence/core/do-not-call/opt-out";
import { mendText } from "@ringfence/core/platform/text";
import { appendOptOuts } from "../../do-not-call/opt-out/append-opt-outs.ts";
import { internPhones } from "../../people/phone/intern-phones.ts";
import { purposesOf } from "../../account/purpose/purposes-of.ts";
import { sellersOf } from "../../account/seller/sellers-of.ts";
import type { RowPutter } from "./row-putter.ts";

/** Refusals are only ever added: nothing in a file can lift one. */
export const putOptOutRows: RowPutter = async (ctx, rows, { mapping }) => {
  const read = rows.map(({ line, cells }) => readOptOutCells(line, cells, mapping));
  const known = { sellers: await sellersOf(ctx), purposes: await purposesOf(ctx) };
  const sound = read
    .filter((row) => row.status === "read")
    .map((row) => ({ ...row, refusal: readRefusal(saidOf(row), known, ctx.now) }));
  const phones = await internPhones(
    ctx,
    sound.map(({ phone }) => phone),
  );
  const optOuts = sound.flatMap(({ phone, refusal, channel, at, note }) => {
    const phoneId = phones.get(phone)?.id;
    // A time that cannot be counts as none: the same row a day later is the same refusal.
    const since = at !== null && refusal.at < ctx.now ? refusal.at : null;
    const text = note && mendText(note);
    return phoneId ? [{ phoneId, scope: refusal.scope, channel, at: since, note: text }] : [];
  });
  const appended = await appendOptOuts(ctx, optOuts);
  return [
    ...read.filter((row) => row.status === "rejected").map(rejectedCells),
    ...sound.map(({ line, remarks, refusal }, index): ImportOutcome => {
      const notes = refusal.notes.map((message) => ({ field: null, message }));
      const status = appended[index]?.isNew ? "created" : "unchanged";
      return { line, status, remarks: [...remarks, ...notes] };
    }),
  ];
};

const saidOf = ({ scope, at }: ReadOptOutCells) => ({ scope, at: at ?? undefined });

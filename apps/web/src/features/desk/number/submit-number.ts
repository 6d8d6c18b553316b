"use server";
import { redirect } from "next/navigation";
import { api } from "@/server/caller";
import { requireMember } from "@/server/current-member";
import { sealText } from "@/server/sealed-search";
import { type NumberQuery, loadNumberQuery, numberPath, toVerbInput } from "./number-query";

/** Longer than anything that could be read as a number. */
const MAX_CHARACTERS = 200;

/** Takes a number from a form to the page that shows it, and keeps it out of the address. */
export async function submitNumber(given: FormData) {
  await requireMember("phone.read");
  const fields = Object.fromEntries(
    [...given].filter((field): field is [string, string] => typeof field[1] === "string"),
  );
  const typed = (fields.number ?? "").slice(0, MAX_CHARACTERS);
  const look = loadNumberQuery(fields);
  if (fields.place !== "call") redirect(numberPath({ asked: await sealText(typed) }, look));
  const subject = (await findOnRecord(typed, look)) ?? { asked: await sealText(typed) };
  redirect(numberPath(subject, { ...look, found: true }, "call"));
}

/**
 * Returns the phone to open the call page for. Null if the number is not on record, was erased, or cannot be looked
 * up; then the page explains why. It is decided before the page is shown: a page that redirects once the number comes
 * on record would lose what it says about an opt-out.
 */
async function findOnRecord(typed: string, look: NumberQuery): Promise<{ phoneId: string } | null> {
  const seen = await api.phone.find({ ...toVerbInput(look), phone: typed }).catch(() => null);
  if (seen === null || seen.phoneId === null || seen.isErased) return null;
  return { phoneId: seen.phoneId };
}

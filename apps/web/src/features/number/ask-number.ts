"use server";

import { redirect } from "next/navigation";
import { requireMember } from "@/server/require-member";
import { sealText } from "@/server/sealed-text";
import { loadLook, numberPath } from "./look";

/** Longer than anything that could be read as a number. */
const MAX_CHARACTERS = 200;

/** Takes a number out of the body of a form to the page that shows it, and keeps it out of the address. */
export async function askNumber(given: FormData) {
  await requireMember("phone.read");
  const fields = Object.fromEntries(
    [...given].filter((field): field is [string, string] => typeof field[1] === "string"),
  );
  const typed = (fields.number ?? "").slice(0, MAX_CHARACTERS);
  const place = fields.place === "call" ? "call" : "numbers";
  redirect(numberPath({ asked: await sealText(typed) }, loadLook(fields), place));
}

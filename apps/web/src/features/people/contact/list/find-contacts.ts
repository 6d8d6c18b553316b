"use server";
import { CalledParty } from "@ringfence/core/people/phone";
import { redirect } from "next/navigation";
import { requireMember } from "@/server/current-member";
import { sealSearch } from "@/server/sealed-search";
import { contactsPath } from "./contact-query";

export async function findContacts(given: FormData) {
  await requireMember("contact.read");
  const party = CalledParty.safeParse(given.get("party")).data ?? null;
  redirect(contactsPath({ find: await sealSearch(given), party }));
}

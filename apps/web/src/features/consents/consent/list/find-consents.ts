"use server";
import { ConsentSource } from "@ringfence/core/consents/consent";
import { redirect } from "next/navigation";
import { requireMember } from "@/server/current-member";
import { sealSearch } from "@/server/sealed-search";
import { consentsPath } from "./consent-query";

export async function findConsents(given: FormData) {
  await requireMember("consent.read");
  const source = ConsentSource.safeParse(given.get("source")).data ?? null;
  redirect(consentsPath({ find: await sealSearch(given), source }));
}

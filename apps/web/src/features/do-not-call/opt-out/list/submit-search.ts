"use server";
import { OptOutChannel } from "@ringfence/core/do-not-call/opt-out";
import { redirect } from "next/navigation";
import { requireMember } from "@/server/current-member";
import { sealSearch } from "@/server/sealed-search";
import { optOutsPath } from "./search";

export async function submitSearch(given: FormData) {
  await requireMember("opt-out.read");
  const channel = OptOutChannel.safeParse(given.get("channel")).data ?? null;
  redirect(optOutsPath({ find: await sealSearch(given), channel }));
}

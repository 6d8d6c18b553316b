"use server";
import { SuppressionReason } from "@ringfence/core/do-not-call/suppression";
import { redirect } from "next/navigation";
import { requireMember } from "@/server/current-member";
import { sealSearch } from "@/server/sealed-search";
import { suppressionsPath } from "./search";

export async function submitSearch(given: FormData) {
  await requireMember("suppression.read");
  const reason = SuppressionReason.safeParse(given.get("reason")).data ?? null;
  const show = given.get("show") === "all" ? "all" : null;
  redirect(suppressionsPath({ find: await sealSearch(given), reason, show }));
}

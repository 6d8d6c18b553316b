"use server";

import { AuditKind } from "@ringfence/core/platform/audit";
import { MemberId } from "@ringfence/core/ids";
import { redirect } from "next/navigation";
import { requireMember } from "@/server/current-member";
import { sealSearch } from "@/server/sealed-search";
import { auditPath } from "./audit-query";

export async function findEntries(given: FormData) {
  await requireMember("audit.read");
  const kind = AuditKind.safeParse(given.get("kind")).data ?? null;
  const who = MemberId.safeParse(given.get("who")).data ?? null;
  redirect(auditPath({ find: await sealSearch(given), kind, who }));
}

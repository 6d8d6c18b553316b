import type { ReactNode } from "react";
import { Shell } from "@/features/platform/shell/shell";
import { api } from "@/server/caller";
import { requireMember } from "@/server/require-member";

export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const member = await requireMember("organization.read");
  const needs = await api.today.needs();
  const ofRegistries = needs.filter((need) => "registryId" in need);
  return (
    <Shell member={member} waiting={{ today: needs.length, registries: ofRegistries.length }}>
      {children}
    </Shell>
  );
}

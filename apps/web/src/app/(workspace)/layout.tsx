import { may } from "@ringfence/core/access";
import { actorOf } from "@ringfence/services/member";
import { isStale } from "@ringfence/services/registry";
import type { ReactNode } from "react";
import { Shell } from "@/features/shell/shell";
import { api } from "@/server/caller";
import { requireMember } from "@/server/require-member";

export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const member = await requireMember("organization.read");
  const registries = may(actorOf(member), "registry.read") ? await api.registry.ages() : [];
  const stale = registries.filter(isStale).length;
  return (
    <Shell member={member} waiting={{ today: stale, registries: stale }}>
      {children}
    </Shell>
  );
}

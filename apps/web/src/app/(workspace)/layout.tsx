import { may } from "@ringfence/core/access";
import { actorOf } from "@ringfence/services/member";
import type { ReactNode } from "react";
import { Shell } from "@/features/shell/shell";
import { api } from "@/server/caller";
import { requireMember } from "@/server/require-member";

export default async function WorkspaceLayout({ children }: { children: ReactNode }) {
  const member = await requireMember("organization.read");
  const stale = may(actorOf(member), "registry.read") ? await api.registry.countStale() : 0;
  return (
    <Shell member={member} waiting={{ today: stale, registries: stale }}>
      {children}
    </Shell>
  );
}

"use client";
import { useMutation } from "@tanstack/react-query";
import type { RegistryOverview } from "@ringfence/services/do-not-call/registry";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/trpc/client";
import { findChanges } from "./draft";
import { type FormContext, RegistryForm } from "./registry-form";

type ChangeFormProps = FormContext & { registry: RegistryOverview; ruleDays: number | null };

/** Changes the settings of a registry. Only changed fields are sent, because a new source is read at once. */
export function ChangeForm({ registry, ruleDays, ...place }: ChangeFormProps) {
  const t = useTranslations("registryForm");
  const trpc = useTRPC();
  const router = useRouter();
  const change = useMutation(
    trpc.registry.change.mutationOptions({
      onSuccess() {
        router.push(`/registries/${registry.id}`);
        router.refresh();
      },
    }),
  );
  const { code, format, maxAgeDays, maxShrinkShare, name, schedule, source } = registry;
  const given = source.kind === "upload" ? ({ kind: "upload" } as const) : source;
  const initial = { code, format, maxAgeDays, maxShrinkShare, name, schedule, source: given };
  return (
    <RegistryForm
      {...place}
      initial={initial}
      hasSecret={registry.hasSecret}
      isOwn={false}
      ruleDays={ruleDays}
      submit={t("save")}
      busy={(change.isPending || change.isSuccess) && t("saving")}
      refused={change.error?.message}
      onSubmit={(now) => change.mutate({ registryId: registry.id, ...findChanges(initial, now) })}
    />
  );
}

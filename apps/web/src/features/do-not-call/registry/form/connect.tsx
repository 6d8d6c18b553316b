"use client";
import { useMutation } from "@tanstack/react-query";
import {
  type ConnectRegistry,
  auWashingAddress,
  findListForm,
} from "@ringfence/core/do-not-call/registry";
import type { RegistryCoverage } from "@ringfence/services/do-not-call/registry";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { parseAsString, useQueryState } from "nuqs";
import { ChoiceField } from "@/components/fields";
import { useTRPC } from "@/trpc/client";
import { type FormContext, RegistryForm } from "./registry-form";
import { findFormat } from "./draft";

type ConnectFormProps = FormContext & {
  /** Required registries that are not connected yet. */
  named: readonly RegistryCoverage[];
};

const USUAL_DAYS = 31;

/** Connects a required registry, or a list of the organization's own. */
export function ConnectForm({ named, ...place }: ConnectFormProps) {
  const t = useTranslations("connect");
  const form = useTranslations("registryForm");
  const [code, setCode] = useQueryState("code", parseAsString.withOptions({ history: "push" }));
  const chosen = named.find((registry) => registry.code === code) ?? null;
  const connect = useConnect();
  return (
    <>
      <div className="max-w-[46rem] pt-4">
        <ChoiceField
          label={t("which")}
          hint={t(hintKey(chosen))}
          choices={[
            { key: "", name: t("own") },
            ...named.map(({ code, name }) => ({ key: code, name })),
          ]}
          chosen={chosen?.code ?? ""}
          onChoose={(code) => setCode(code || null)}
        />
      </div>
      <RegistryForm
        key={chosen?.code ?? ""}
        {...place}
        initial={initialRegistry(chosen, place.homeRegion)}
        isOwn={chosen === null}
        isPreset={chosen !== null}
        ruleDays={chosen?.limitDays ?? null}
        submit={form("connect")}
        busy={(connect.isPending || connect.isSuccess) && form("connecting")}
        refused={connect.error?.message}
        onSubmit={(registry) => connect.mutate(registry)}
      />
    </>
  );
}

function hintKey(chosen: RegistryCoverage | null) {
  if (chosen === null) return "ownHint";
  return findListForm(chosen.code) !== null ? "readableHint" : "unknownHint";
}

/** The Australian register hands out no list and is asked number by number. */
const initialSource = (code: string | undefined): ConnectRegistry["source"] =>
  code === "AU-DNCR"
    ? { kind: "au-washing", url: auWashingAddress, telemarketerId: "", monthlyNumbers: 1_000 }
    : { kind: "http", url: "" };

const initialRegistry = (chosen: RegistryCoverage | null, homeRegion: string): ConnectRegistry => ({
  code: chosen?.code ?? "",
  name: chosen?.name ?? "",
  source: initialSource(chosen?.code),
  format: findFormat(chosen?.code ?? "", chosen?.places[0]?.slice(0, 2) ?? homeRegion),
  maxAgeDays: Math.max(1, chosen?.limitDays ?? USUAL_DAYS),
  maxShrinkShare: 0.02,
});

function useConnect() {
  const trpc = useTRPC();
  const router = useRouter();
  return useMutation(
    trpc.registry.connect.mutationOptions({
      onSuccess: ({ registryId }) => router.push(`/registries/${registryId}`),
    }),
  );
}

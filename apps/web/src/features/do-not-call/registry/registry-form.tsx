"use client";

import type { ConnectRegistry } from "@ringfence/core/do-not-call/registry";
import { useTranslations } from "next-intl";
import type { Choice } from "@/components/choice-field";
import { type SubmitEvent, useState } from "react";
import { Banner } from "@/components/banner";
import { Button } from "@/components/button";
import { useWasSent } from "@/components/use-was-sent";
import { FormatFields } from "./format-fields";
import { LimitFields } from "./limit-fields";
import { NameFields } from "./name-fields";
import { OwnSchedule } from "./own-schedule";
import { type DraftFault, draftOf, type RegistryDraft, readDraft } from "./registry-draft";
import { SourceFields } from "./source-fields";

export type FormPlace = { regions: readonly Choice[]; homeRegion: string };

type RegistryFormProps = FormPlace & {
  initial: ConnectRegistry;
  /** A secret is kept for its source already. */
  hasSecret?: boolean;
  /** A list of the organization's own, whose code it chooses. */
  isOwn: boolean;
  ruleDays: number | null;
  submit: string;
  busy: string | false;
  /** What the server says against it. */
  refused: string | undefined;
  onSubmit: (registry: ConnectRegistry) => void;
};

/** What a registry is called, where it comes from, how it is understood, and when it is not believed. */
export function RegistryForm({ initial, isOwn, ruleDays, ...props }: RegistryFormProps) {
  const { hasSecret = false } = props;
  const t = useTranslations("registryForm");
  const [draft, setDraft] = useState(() => draftOf(initial));
  const { wasSent, send } = useWasSent();
  const read = readDraft(draft, hasSecret);
  const faults: readonly DraftFault[] = wasSent && "faults" in read ? read.faults : [];
  const change = (part: Partial<RegistryDraft>) => setDraft((draft) => ({ ...draft, ...part }));
  const faultOf = (fault: DraftFault) =>
    faults.includes(fault) ? t(`faults.${fault}`) : undefined;
  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    send(event);
    if ("registry" in read) props.onSubmit(read.registry);
  };
  return (
    <form className="grid max-w-[46rem] gap-5 pt-4" onSubmit={submit} noValidate>
      {props.refused && <Banner tone="bad" role="alert" title={props.refused} />}
      <NameFields
        names={draft}
        isOwn={isOwn}
        onNames={change}
        faults={{ code: faultOf("code"), name: faultOf("name") }}
      />
      <SourceFields
        {...{ draft, hasSecret, faultOf }}
        onSource={(source) => change({ source })}
        onSecret={(secret) => change({ secret })}
      />
      <FormatFields
        format={draft.format}
        onFormat={(format) => change({ format })}
        regions={props.regions}
        homeRegion={props.homeRegion}
        faultOf={faultOf}
      />
      <LimitFields
        limits={draft}
        ruleDays={ruleDays}
        onLimits={change}
        faults={{ maxAgeDays: faultOf("maxAgeDays"), maxShrinkShare: faultOf("maxShrinkShare") }}
      />
      {draft.source.kind !== "upload" && (
        <OwnSchedule
          schedule={draft.schedule ?? null}
          onSchedule={(schedule) => change({ schedule })}
          isTried={faults.includes("schedule")}
        />
      )}
      <div>
        <Button type="submit" look="primary" busy={props.busy}>
          {props.submit}
        </Button>
      </div>
    </form>
  );
}

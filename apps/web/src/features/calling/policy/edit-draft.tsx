"use client";
import {
  type PolicyRule,
  type PolicyRuleKind,
  nameRule,
  policyRuleKinds,
} from "@ringfence/core/calling/policy";
import type { SellerId } from "@ringfence/core/ids";
import type { Message } from "@ringfence/core/platform/message";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { ActionButton } from "@/components/action-button";
import { Button } from "@/components/buttons";
import { EditDialog } from "@/components/dialogs";
import { Field, Input, ReasonField, SelectField } from "@/components/fields";
import { MessageText } from "@/components/message-text";
import { typedText } from "@/components/typed-text";
import { safePath } from "@/server/safe-path";
import { useTRPC } from "@/trpc/client";
import { type RuleChoices, RuleFields, readRule } from "./rule-fields";
import { type RegistryNames, RuleSentence } from "./rule-sentence";

type StartDraftProps = {
  /** Those without a draft. Null is the organization. */
  scopes: readonly { sellerId: SellerId | null; name: string }[];
  whyNot: string | undefined;
};

/** Starts a draft for the organization or for a seller, and opens it. */
export function StartDraft({ scopes, whyNot }: StartDraftProps) {
  const t = useTranslations("policy");
  const trpc = useTRPC();
  const router = useRouter();
  const start = useMutation(
    trpc.policy.start.mutationOptions({
      onSuccess: ({ id }) => router.push(safePath(`/policy/${id}`)),
    }),
  );
  return (
    <EditDialog
      words={{ open: t("start"), title: t("startTitle") }}
      whyNot={scopes.length === 0 ? t("allStarted") : whyNot}
      read={(form) => {
        const scope = scopes[Number(typedText(form, "scope"))];
        return { data: scope && { sellerId: scope.sellerId } };
      }}
      saving={start}
    >
      <p>{t("startBody")}</p>
      <SelectField
        name="scope"
        label={t("forWhom")}
        hint={t("forWhomHint")}
        choices={scopes.map(({ name }, index) => ({ key: String(index), name }))}
        chosen="0"
      />
    </EditDialog>
  );
}

type DraftRulesProps = {
  draftId: string;
  hash: string;
  rules: readonly PolicyRule[];
  /** Rules of the policy published last that the draft has removed. A new rule must not take their names. */
  former: readonly PolicyRule[];
  choices: RuleChoices;
  registryNames: RegistryNames;
  whyNot: string | undefined;
};

/** Lists the rules of a draft, each with what changes or removes it, and the kinds that can be added. */
export function DraftRules(props: DraftRulesProps) {
  const { rules, former, registryNames, whyNot } = props;
  const t = useTranslations("policy");
  return (
    <>
      {rules.length === 0 && <p className="py-2.5 text-muted">{t("noRule")}</p>}
      <ul>
        {rules.map((rule) => (
          <li
            key={rule.id}
            className="flex flex-wrap items-start justify-between gap-3 border-b border-line py-2.5"
          >
            <RuleSentence rule={rule} registryNames={registryNames} />
            <span className="flex flex-wrap gap-2">
              <EditRule {...props} kind={rule.kind} rule={rule} />
              <RemoveRule {...props} rule={rule} />
            </span>
          </li>
        ))}
      </ul>
      <h3 className="pt-5 text-base font-semibold">{t("addRule")}</h3>
      <ul className="grid gap-x-8 sm:grid-cols-2">
        {policyRuleKinds.map((kind) => (
          <li
            key={kind}
            className="flex items-start justify-between gap-3 border-b border-line py-2.5"
          >
            <span className="grid gap-0.5">
              <span className="font-medium">{t(`kinds.${kind}.name`)}</span>
              <span className="text-sm text-muted">{t(`kinds.${kind}.what`)}</span>
            </span>
            <EditRule
              {...props}
              kind={kind}
              id={nameRule(kind, [...rules, ...former])}
              whyNot={whyNot}
            />
          </li>
        ))}
      </ul>
    </>
  );
}

type EditRuleProps = DraftRulesProps & { kind: PolicyRuleKind } & (
    | { rule: PolicyRule; id?: never }
    | { rule?: never; id: string }
  );

/** Adds a rule, or changes one. */
function EditRule({ draftId, hash, rules, choices, whyNot, kind, rule, id }: EditRuleProps) {
  const t = useTranslations("policy");
  const trpc = useTRPC();
  const name = t(`kinds.${kind}.name`);
  return (
    <EditDialog
      words={
        rule
          ? { open: t("edit"), openOne: t("editOne", { rule: rule.id }), title: name }
          : { open: t("add"), openOne: t("addOne", { kind: name }), title: name }
      }
      whyNot={whyNot}
      read={(form) => {
        const { data } = readRule(form, kind, rule?.id ?? id ?? "");
        if (data === undefined) return {};
        const changed = rule
          ? rules.map((one) => (one.id === rule.id ? data : one))
          : [...rules, data];
        return { data: { draftId, before: hash, rules: changed } };
      }}
      saving={useMutation(trpc.policy.save.mutationOptions())}
    >
      <p>{t(`kinds.${kind}.what`)}</p>
      <RuleFields kind={kind} rule={rule} choices={choices} />
    </EditDialog>
  );
}

type RemoveRuleProps = DraftRulesProps & { rule: PolicyRule };

function RemoveRule({ draftId, hash, rules, rule, whyNot }: RemoveRuleProps) {
  const t = useTranslations("policy");
  const trpc = useTRPC();
  return (
    <ActionButton
      saving={useMutation(trpc.policy.save.mutationOptions())}
      data={{ draftId, before: hash, rules: rules.filter(({ id }) => id !== rule.id) }}
      label={t("removeOne", { rule: rule.id })}
      whyNot={whyNot}
      done={t("removed")}
    >
      {t("remove")}
    </ActionButton>
  );
}

type PublishDraftProps = {
  draftId: string;
  hash: string;
  /** Why the member may not publish it; null if they may. */
  publishFault: Message | null;
  whyNot: string | undefined;
};

/** Publishes a draft, for now or for a later time, with a reason. */
export function PublishDraft({ draftId, hash, publishFault, whyNot }: PublishDraftProps) {
  const t = useTranslations("policy");
  const trpc = useTRPC();
  const router = useRouter();
  const publish = useMutation(
    trpc.policy.publish.mutationOptions({ onSuccess: () => router.push("/policy") }),
  );
  if (whyNot === undefined && publishFault !== null) {
    return (
      <Button size="small" whyNot={<MessageText message={publishFault} />}>
        {t("publish")}
      </Button>
    );
  }
  return (
    <EditDialog
      words={{ open: t("publish"), title: t("publishTitle") }}
      whyNot={whyNot}
      read={(form) => {
        const from = typedText(form, "from");
        const inForceFrom = from === "" ? null : new Date(from);
        return { data: { draftId, hash, inForceFrom, reason: typedText(form, "reason") } };
      }}
      saving={publish}
    >
      <p>{t("publishBody")}</p>
      <ReasonField label={t("reason")} hint={t("reasonHint")} />
      <Field label={t("from")} isOptional hint={t("fromHint")}>
        {(wired) => <Input {...wired} type="datetime-local" name="from" />}
      </Field>
    </EditDialog>
  );
}

type DiscardDraftProps = { draftId: string; whyNot: string | undefined };

/** Discards a draft, and goes back to the list. */
export function DiscardDraft({ draftId, whyNot }: DiscardDraftProps) {
  const t = useTranslations("policy");
  const trpc = useTRPC();
  const router = useRouter();
  const discard = useMutation(
    trpc.policy.discard.mutationOptions({ onSuccess: () => router.push("/policy") }),
  );
  return (
    <ActionButton saving={discard} data={{ draftId }} whyNot={whyNot} done={t("discarded")}>
      {t("discard")}
    </ActionButton>
  );
}

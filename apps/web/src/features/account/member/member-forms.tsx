"use client";
import { AddMember, limitableRoles } from "@ringfence/core/account/member";
import type { listSellers } from "@ringfence/services/account/seller";
import { useMutation } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { MemberView } from "@ringfence/services/account/member";
import { Role } from "@ringfence/core/platform/access";
import type { SellerId } from "@ringfence/core/ids";
import { Banner } from "@/components/banner";
import { SubmitForm } from "@/components/save-form";
import { Button, ButtonLink } from "@/components/buttons";
import { RadioGroup, TextField } from "@/components/fields";
import { useSubmit } from "@/components/form-faults";
import { useRefreshed, useTRPC } from "@/trpc/client";
import { showToast } from "@/components/toast";
import { ConfirmDialog } from "@/components/dialogs";
import { OneTimeSecret } from "@/components/client-buttons";
import { SellerLimit } from "@/components/seller-limit";

type NewMemberProps = { sellers: Awaited<ReturnType<typeof listSellers>> };

/** Adds a member with a role. The member chooses a password with a link. */
export function NewMember({ sellers }: NewMemberProps) {
  const t = useTranslations("newMember");
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [position, setPosition] = useState<Position>({ role: "agent", sellerIds: [] });
  const trpc = useTRPC();
  const add = useMutation(trpc.member.add.mutationOptions());
  const fields = AddMember.safeParse({ name, email, ...position });
  const { faults, submit } = useSubmit(fields, add.mutate);
  if (add.data) return <MemberLink name={name} address={add.data.address} />;
  return (
    <SubmitForm
      className="grid max-w-[46rem] gap-5 pt-2"
      onSubmit={submit}
      error={add.error?.message}
      submit={t("add")}
      busy={add.isPending && t("adding")}
    >
      <TextField
        words={{ label: t("name"), hint: t("nameHint"), fault: t("nameFault") }}
        isFault={faults.includes("name")}
        value={name}
        onText={setName}
      />
      <TextField
        words={{ label: t("email"), hint: t("emailHint"), fault: t("emailFault") }}
        isFault={faults.includes("email")}
        value={email}
        onText={setEmail}
      />
      <PositionFields position={position} onPosition={setPosition} sellers={sellers} />
    </SubmitForm>
  );
}

type MemberPositionProps = {
  member: Pick<MemberView, "id" | "role" | "sellerIds">;
  sellers: Awaited<ReturnType<typeof listSellers>>;
  whyNot: string | undefined;
};

/** Changes a member's role or sellers. */
export function MemberPosition({
  member: { id, role, sellerIds },
  sellers,
  whyNot,
}: MemberPositionProps) {
  const t = useTranslations("member");
  const [position, setPosition] = useState<Position>({ role, sellerIds });
  const change = useChange();
  return (
    <SubmitForm
      className="grid max-w-[46rem] gap-5 pt-4"
      onSubmit={(event) => {
        event.preventDefault();
        change.mutate({
          memberId: id,
          role: position.role,
          sellerIds: [...position.sellerIds],
          before: { role, sellerIds: [...sellerIds] },
        });
      }}
      submit={t("save")}
      busy={change.isPending && t("saving")}
      whyNot={whyNot}
    >
      <PositionFields position={position} onPosition={setPosition} sellers={sellers} />
    </SubmitForm>
  );
}

function useChange() {
  const t = useTranslations("member");
  const trpc = useTRPC();
  const { onSuccess, onError } = useRefreshed();
  return useMutation(
    trpc.member.change.mutationOptions({
      onSuccess() {
        onSuccess();
        showToast({ tone: "done", title: t("saved") });
      },
      onError,
    }),
  );
}

type MemberAccessProps = {
  member: Pick<MemberView, "id" | "name" | "hasSecondFactor">;
  whyNot: string | undefined;
};

/** Lets an owner make a new password link for a member, reset their second factors, or remove them. */
export function MemberAccess({ member: { id, name, hasSecondFactor }, whyNot }: MemberAccessProps) {
  const t = useTranslations("member");
  const [asking, setAsking] = useState<"renew" | "reset" | "remove" | null>(null);
  const acts = useActs();
  const words = asking && {
    title: t(`${asking}Title`, { name }),
    body: t(`${asking}Body`),
    confirm: t(asking),
  };
  return (
    <div className="grid gap-3 pt-4">
      <div className="flex flex-wrap items-start gap-2">
        <Button
          whyNot={whyNot}
          busy={acts.renew.isPending && t("renewing")}
          onClick={() => setAsking("renew")}
        >
          {t("renew")}
        </Button>
        {hasSecondFactor && (
          <Button
            whyNot={whyNot}
            busy={acts.reset.isPending && t("resetting")}
            onClick={() => setAsking("reset")}
          >
            {t("reset")}
          </Button>
        )}
        <Button
          look="danger"
          whyNot={whyNot}
          busy={acts.remove.isPending && t("removing")}
          onClick={() => setAsking("remove")}
        >
          {t("remove")}
        </Button>
      </div>
      {acts.renew.data && <MemberLink name={name} address={acts.renew.data.address} />}
      {asking && words && (
        <ConfirmDialog
          title={words.title}
          confirm={words.confirm}
          onConfirm={() => acts[asking].mutate({ memberId: id })}
          onClose={() => setAsking(null)}
        >
          {words.body}
        </ConfirmDialog>
      )}
    </div>
  );
}

function useActs() {
  const trpc = useTRPC();
  const options = useRefreshed();
  return {
    renew: useMutation(trpc.member.reset.mutationOptions(options)),
    reset: useMutation(trpc.secondFactor.reset.mutationOptions(options)),
    remove: useMutation(trpc.member.remove.mutationOptions(options)),
  };
}

type Position = { role: Role; sellerIds: readonly SellerId[] };

type PositionFieldsProps = {
  position: Position;
  onPosition: (position: Position) => void;
  sellers: Awaited<ReturnType<typeof listSellers>>;
};

/** Fields for a member's role, and for their sellers if the role can be limited. */
function PositionFields({ position, onPosition, sellers }: PositionFieldsProps) {
  const t = useTranslations("newMember");
  const role = useTranslations("role");
  const may = useTranslations("roleMay");
  return (
    <>
      <RadioGroup
        legend={t("role")}
        radio={{
          name: "role",
          onChange: ({ currentTarget: { value } }) =>
            onPosition({ ...position, role: Role.parse(value) }),
        }}
        choices={Role.options.map((value) => ({ value, label: role(value), hint: may(value) }))}
        chosen={position.role}
      />
      {limitableRoles.includes(position.role) && sellers.length > 1 && (
        <SellerLimit
          choices={sellers.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={position.sellerIds}
          onChosen={(sellerIds) => onPosition({ ...position, sellerIds })}
        />
      )}
    </>
  );
}

/** Says that a member's password link was mailed, or else shows the link this one time. */
function MemberLink({ name, address }: { name: string; address: string | null }) {
  const t = useTranslations("newMember");
  const next = { href: "/members", label: t("back") } as const;
  if (address === null) {
    return (
      <Banner title={t("mailed", { name })}>
        <p>{t("mailedBody")}</p>
        <div className="pt-2">
          <ButtonLink size="small" href={next.href}>
            {next.label}
          </ButtonLink>
        </div>
      </Banner>
    );
  }
  return (
    <OneTimeSecret title={t("made", { name })} note={t("once")} secret={address} next={next} />
  );
}

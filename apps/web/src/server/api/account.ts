import { ApiKeyId, MemberId } from "@ringfence/core/ids";
import {
  confirmKeyNetworks,
  endKeyOverlap,
  limitApiKey,
  listApiKeys,
  makeApiKey,
  registerPublicKey,
  removePublicKey,
  revokeApiKey,
  rotateApiKey,
  stopRequiringSignatures,
  takeOverApiKey,
} from "@ringfence/services/account/api-key";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import { toString } from "qrcode";
import {
  FactorCode,
  GivenFactor,
  IdentityProof,
  NewPasskey,
  PasskeyName,
} from "@ringfence/core/account/second-factor";
import { AddMember, ChangeOwnPassword, ChoosePassword } from "@ringfence/core/account/member";
import {
  checkIdentityProvider,
  disconnectIdentityProvider,
  findProviderSignOut,
  listEmergencyOwners,
  readIdentityProvider,
  saveIdentityProvider,
} from "@ringfence/services/account/identity-provider";
import {
  addMember,
  changeMember,
  changeOwnPassword,
  changeOwnSettings,
  choosePasswordByLink,
  endMemberSessions,
  endSession,
  listMemberSessions,
  listMembers,
  listOwnSessions,
  readMember,
  removeMember,
  resetMemberPassword,
} from "@ringfence/services/account/member";
import {
  addPasskey,
  changeSecondFactorPolicy,
  confirmAuthenticator,
  createPasskeyOptions,
  proveIdentity,
  readOwnFactors,
  removeAuthenticator,
  removePasskey,
  renamePasskey,
  replaceRecoveryCodes,
  requireProof,
  resetSecondFactors,
  signInByFactor,
  startAuthenticator,
  startPasskey,
} from "@ringfence/services/account/second-factor";
import {
  changeOrganization,
  readOrganization,
  readUsage,
} from "@ringfence/services/account/organization";
import { addPurpose, listPurposes, renamePurpose } from "@ringfence/services/account/purpose";
import { addSeller, changeSeller, listSellers } from "@ringfence/services/account/seller";
import { type RequestContext, memberProcedure, newcomerProcedure, publicProcedure } from "./trpc";
import { env } from "@/env";
import { findDelivery } from "../delivery";

export const apiKeyRouter = {
  list: memberProcedure.input(listApiKeys.input).query(({ ctx, input }) => listApiKeys(ctx, input)),

  make: memberProcedure
    .input(makeApiKey.input)
    .mutation(({ ctx, input }) => makeApiKey(ctx, input)),

  limit: memberProcedure
    .input(limitApiKey.input)
    .mutation(({ ctx, input }) => limitApiKey(ctx, input)),

  rotate: memberProcedure
    .input(rotateApiKey.input)
    .mutation(({ ctx, input }) => rotateApiKey(ctx, input)),

  endOverlap: memberProcedure
    .input(z.object({ apiKeyId: ApiKeyId }))
    .mutation(({ ctx, input }) => endKeyOverlap(ctx, input.apiKeyId)),

  registerPublicKey: memberProcedure
    .input(registerPublicKey.input)
    .mutation(({ ctx, input }) => registerPublicKey(ctx, input)),

  removePublicKey: memberProcedure
    .input(removePublicKey.input)
    .mutation(({ ctx, input }) => removePublicKey(ctx, input)),

  stopRequiringSignatures: memberProcedure
    .input(z.object({ apiKeyId: ApiKeyId }))
    .mutation(({ ctx, input }) => stopRequiringSignatures(ctx, input.apiKeyId)),

  confirmNetworks: memberProcedure
    .input(confirmKeyNetworks.input)
    .mutation(({ ctx, input }) => confirmKeyNetworks(ctx, input)),

  takeOver: memberProcedure
    .input(z.object({ apiKeyId: ApiKeyId }))
    .mutation(({ ctx, input }) => takeOverApiKey(ctx, input.apiKeyId)),

  revoke: memberProcedure
    .input(z.object({ apiKeyId: ApiKeyId }))
    .mutation(({ ctx, input }) => revokeApiKey(ctx, input.apiKeyId)),
} satisfies TRPCRouterRecord;

const OneMember = z.object({ memberId: MemberId });

const canSendMail = () => findDelivery().email;

/** Returns the address of the link, or null if the link was mailed and nobody here may see it. */
const toLinkAddress = ({ link }: { link: string | null }) => ({
  address: link && `${env().PUBLIC_URL}/join/${link}`,
});

export const memberRouter = {
  changeOwnSettings: memberProcedure
    .input(changeOwnSettings.input)
    .mutation(({ ctx, input }) => changeOwnSettings(ctx, input)),

  changeOwnPassword: newcomerProcedure
    .input(ChangeOwnPassword)
    .mutation(({ ctx, input }) =>
      changeOwnPassword(ctx, { ...input, sessionId: ctx.member.sessionId }),
    ),

  list: memberProcedure.query(({ ctx }) => listMembers(ctx)),

  read: memberProcedure.input(OneMember).query(({ ctx, input }) => readMember(ctx, input.memberId)),

  add: memberProcedure
    .input(AddMember)
    .mutation(async ({ ctx, input }) =>
      toLinkAddress(await addMember(ctx, { ...input, canSendMail: canSendMail() })),
    ),

  change: memberProcedure
    .input(changeMember.input)
    .mutation(({ ctx, input }) => changeMember(ctx, input)),

  reset: memberProcedure
    .input(OneMember)
    .mutation(async ({ ctx, input }) =>
      toLinkAddress(await resetMemberPassword(ctx, { ...input, canSendMail: canSendMail() })),
    ),

  choosePassword: publicProcedure
    .input(ChoosePassword)
    .mutation(({ ctx, input }) => choosePasswordByLink(ctx, input)),

  remove: memberProcedure
    .input(OneMember)
    .mutation(({ ctx, input }) => removeMember(ctx, input.memberId)),

  sessions: memberProcedure.query(({ ctx }) => listOwnSessions(ctx)),

  sessionsOf: memberProcedure
    .input(listMemberSessions.input)
    .query(({ ctx, input }) => listMemberSessions(ctx, input)),

  endSessionsOf: memberProcedure
    .input(endMemberSessions.input)
    .mutation(({ ctx, input }) => endMemberSessions(ctx, input)),

  endSession: memberProcedure
    .input(endSession.input)
    .mutation(({ ctx, input }) => endSession(ctx, input)),
} satisfies TRPCRouterRecord;

/** Finds the site of passkeys: the origin from our settings, never from the request, and the browser's token. */
const findSite = async ({ browserToken }: Pick<RequestContext, "browserToken">) => ({
  origin: env().PUBLIC_URL,
  browser: await browserToken(),
});

export const secondFactorRouter = {
  readOwn: newcomerProcedure.query(({ ctx }) => readOwnFactors(ctx)),

  /** Adds the QR code, as an SVG in base64. */
  startAuthenticator: newcomerProcedure.mutation(async ({ ctx }) => {
    const { secret, address } = await startAuthenticator(ctx);
    const picture = await toString(address, { type: "svg", margin: 2 });
    return { secret, picture: Buffer.from(picture).toString("base64") };
  }),

  confirmAuthenticator: newcomerProcedure
    .input(z.object({ code: FactorCode }))
    .mutation(({ ctx, input }) =>
      confirmAuthenticator(ctx, { ...input, sessionId: ctx.member.sessionId }),
    ),

  removeAuthenticator: memberProcedure.mutation(({ ctx }) => removeAuthenticator(ctx)),

  replaceRecoveryCodes: memberProcedure.mutation(({ ctx }) => replaceRecoveryCodes(ctx)),

  prove: newcomerProcedure
    .input(IdentityProof)
    .mutation(async ({ ctx, input: proof }) =>
      proveIdentity(ctx, { proof, sessionId: ctx.member.sessionId, ...(await findSite(ctx)) }),
    ),

  requireProof: memberProcedure.mutation(({ ctx }) => requireProof(ctx)),

  /** For a member who has given the password. Answers "over" if the browser has no session. */
  signIn: publicProcedure
    .input(GivenFactor)
    .mutation(async ({ ctx, input }) =>
      ctx.session === null ? "over" : signInByFactor(ctx, ctx.session, input, await findSite(ctx)),
    ),

  /** For anybody, because a sign-in begins with it. */
  passkeyOptions: publicProcedure.mutation(async ({ ctx }) =>
    createPasskeyOptions(ctx, await findSite(ctx)),
  ),

  startPasskey: newcomerProcedure.mutation(async ({ ctx }) =>
    startPasskey(ctx, await findSite(ctx)),
  ),

  addPasskey: newcomerProcedure
    .input(z.object({ name: PasskeyName, passkey: NewPasskey }))
    .mutation(async ({ ctx, input }) =>
      addPasskey(ctx, { ...input, sessionId: ctx.member.sessionId, ...(await findSite(ctx)) }),
    ),

  renamePasskey: memberProcedure
    .input(renamePasskey.input)
    .mutation(({ ctx, input }) => renamePasskey(ctx, input)),

  removePasskey: memberProcedure
    .input(removePasskey.input)
    .mutation(({ ctx, input }) => removePasskey(ctx, input)),

  reset: memberProcedure
    .input(resetSecondFactors.input)
    .mutation(({ ctx, input }) => resetSecondFactors(ctx, input)),

  changePolicy: memberProcedure
    .input(changeSecondFactorPolicy.input)
    .mutation(({ ctx, input }) => changeSecondFactorPolicy(ctx, input)),
} satisfies TRPCRouterRecord;

export const identityProviderRouter = {
  read: memberProcedure.query(({ ctx }) => readIdentityProvider(ctx)),

  emergencyOwners: memberProcedure.query(({ ctx }) => listEmergencyOwners(ctx)),

  save: memberProcedure
    .input(saveIdentityProvider.input)
    .mutation(({ ctx, input }) => saveIdentityProvider(ctx, input)),

  // A mutation, because it makes the server call another one.
  check: memberProcedure
    .input(checkIdentityProvider.input)
    .mutation(({ ctx, input }) => checkIdentityProvider(ctx, input)),

  disconnect: memberProcedure.mutation(({ ctx }) => disconnectIdentityProvider(ctx)),

  signOutPage: memberProcedure.mutation(({ ctx }) =>
    findProviderSignOut(ctx, {
      sessionId: ctx.member.sessionId,
      returnTo: `${env().PUBLIC_URL}/sign-in`,
    }),
  ),
} satisfies TRPCRouterRecord;

export const organizationRouter = {
  read: memberProcedure.query(({ ctx }) => readOrganization(ctx)),

  usage: memberProcedure.query(({ ctx }) => readUsage(ctx)),

  change: memberProcedure
    .input(changeOrganization.input)
    .mutation(({ ctx, input }) => changeOrganization(ctx, input)),
} satisfies TRPCRouterRecord;

export const purposeRouter = {
  list: memberProcedure.query(({ ctx }) => listPurposes(ctx)),

  add: memberProcedure.input(addPurpose.input).mutation(({ ctx, input }) => addPurpose(ctx, input)),

  rename: memberProcedure
    .input(renamePurpose.input)
    .mutation(({ ctx, input }) => renamePurpose(ctx, input)),
} satisfies TRPCRouterRecord;

export const sellerRouter = {
  list: memberProcedure.query(({ ctx }) => listSellers(ctx)),

  add: memberProcedure.input(addSeller.input).mutation(({ ctx, input }) => addSeller(ctx, input)),

  change: memberProcedure
    .input(changeSeller.input)
    .mutation(({ ctx, input }) => changeSeller(ctx, input)),
} satisfies TRPCRouterRecord;

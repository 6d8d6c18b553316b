import { EndpointId, OptOutId, ReassignedQueryId, RegistryId, SourceId } from "@ringfence/core/ids";
import {
  answerCorrection,
  discardUnreadableOptOut,
  listCorrections,
  listDiscardedOptOuts,
  listOptOuts,
  listUnreadableOptOuts,
  proposeCorrection,
  readOptOut,
  recordOptOut,
  resolveUnreadableOptOut,
  restoreUnreadableOptOut,
} from "@ringfence/services/do-not-call/opt-out";
import type { TRPCRouterRecord } from "@trpc/server";
import { z } from "zod";
import {
  endSuppression,
  listSuppressions,
  recordSuppression,
  reportWrongNumber,
} from "@ringfence/services/do-not-call/suppression";
import {
  answerBurstLifting,
  dismissBurst,
  listBursts,
  proposeBurstLifting,
  readBurst,
} from "@ringfence/services/do-not-call/burst";
import {
  answerQuestion,
  connectMailgun,
  connectTwilio,
  disconnectSource,
  listDispositions,
  listQuestions,
  listSources,
  mapDisposition,
  replaceSecret,
} from "@ringfence/services/do-not-call/inbound";
import {
  changeDialer,
  changeEndpoint,
  connectDialer,
  createWebhook,
  listDeliveries,
  listEndpoints,
  readDialer,
  replayDeliveries,
  rotateSecret,
} from "@ringfence/services/do-not-call/endpoint";
import { readBlockedList, setBlockedList } from "@ringfence/services/do-not-call/blocked-list";
import {
  attestRegistryAnswer,
  cancelSync,
  changeRegistry,
  connectRegistry,
  createRegistryQuestion,
  disconnectRegistry,
  findPastListings,
  listDisconnectedRegistries,
  listEditions,
  listRegistries,
  listRegistryCoverage,
  listRegistryQuestions,
  listRegistryTrends,
  readContactCoverage,
  reconnectRegistry,
  restoreWarning,
  reviewDisconnection,
  reviewEdition,
  reviewRegistryAnswer,
  rollBackRegistry,
  setReadingSchedule,
  silenceWarning,
  startSync,
  viewDisconnection,
  viewEditionChanges,
  viewRegistry,
} from "@ringfence/services/do-not-call/registry";
import {
  createReassignedQuery,
  listReassignedQueries,
} from "@ringfence/services/do-not-call/reassigned";
import { memberProcedure } from "./trpc";

export const optOutRouter = {
  list: memberProcedure.input(listOptOuts.input).query(({ ctx, input }) => listOptOuts(ctx, input)),

  read: memberProcedure
    .input(z.object({ id: OptOutId }))
    .query(({ ctx, input }) => readOptOut(ctx, input)),

  corrections: memberProcedure.query(({ ctx }) => listCorrections(ctx)),

  proposeCorrection: memberProcedure
    .input(proposeCorrection.input)
    .mutation(({ ctx, input }) => proposeCorrection(ctx, input)),

  answerCorrection: memberProcedure
    .input(answerCorrection.input)
    .mutation(({ ctx, input }) => answerCorrection(ctx, input)),

  misread: memberProcedure.query(({ ctx }) => listUnreadableOptOuts(ctx)),

  discarded: memberProcedure.query(({ ctx }) => listDiscardedOptOuts(ctx)),

  record: memberProcedure
    .input(recordOptOut.input)
    .mutation(({ ctx, input }) => recordOptOut(ctx, input)),

  discard: memberProcedure
    .input(discardUnreadableOptOut.input)
    .mutation(({ ctx, input }) => discardUnreadableOptOut(ctx, input)),

  takeUp: memberProcedure
    .input(restoreUnreadableOptOut.input)
    .mutation(({ ctx, input }) => restoreUnreadableOptOut(ctx, input)),

  mend: memberProcedure
    .input(resolveUnreadableOptOut.input)
    .mutation(({ ctx, input }) => resolveUnreadableOptOut(ctx, input)),
} satisfies TRPCRouterRecord;

export const suppressionRouter = {
  list: memberProcedure
    .input(listSuppressions.input)
    .query(({ ctx, input }) => listSuppressions(ctx, input)),

  record: memberProcedure
    .input(recordSuppression.input)
    .mutation(({ ctx, input }) => recordSuppression(ctx, input)),

  reportWrongNumber: memberProcedure
    .input(reportWrongNumber.input)
    .mutation(({ ctx, input }) => reportWrongNumber(ctx, input)),

  end: memberProcedure
    .input(endSuppression.input)
    .mutation(({ ctx, input }) => endSuppression(ctx, input)),
} satisfies TRPCRouterRecord;

export const burstRouter = {
  list: memberProcedure.input(listBursts.input).query(({ ctx, input }) => listBursts(ctx, input)),

  read: memberProcedure.input(readBurst.input).query(({ ctx, input }) => readBurst(ctx, input)),

  dismiss: memberProcedure
    .input(dismissBurst.input)
    .mutation(({ ctx, input }) => dismissBurst(ctx, input)),

  proposeLifting: memberProcedure
    .input(proposeBurstLifting.input)
    .mutation(({ ctx, input }) => proposeBurstLifting(ctx, input)),

  answerLifting: memberProcedure
    .input(answerBurstLifting.input)
    .mutation(({ ctx, input }) => answerBurstLifting(ctx, input)),
} satisfies TRPCRouterRecord;

export const inboundRouter = {
  questions: memberProcedure.query(({ ctx }) => listQuestions(ctx)),

  answer: memberProcedure
    .input(answerQuestion.input)
    .mutation(({ ctx, input }) => answerQuestion(ctx, input)),

  dispositions: memberProcedure.query(({ ctx }) => listDispositions(ctx)),

  map: memberProcedure
    .input(mapDisposition.input)
    .mutation(({ ctx, input }) => mapDisposition(ctx, input)),

  sources: memberProcedure.query(({ ctx }) => listSources(ctx)),

  connectTwilio: memberProcedure
    .input(connectTwilio.input)
    .mutation(({ ctx, input }) => connectTwilio(ctx, input)),

  connectMailgun: memberProcedure
    .input(connectMailgun.input)
    .mutation(({ ctx, input }) => connectMailgun(ctx, input)),

  replaceSecret: memberProcedure
    .input(replaceSecret.input)
    .mutation(({ ctx, input }) => replaceSecret(ctx, input)),

  disconnect: memberProcedure
    .input(z.object({ sourceId: SourceId }))
    .mutation(({ ctx, input }) => disconnectSource(ctx, input.sourceId)),
} satisfies TRPCRouterRecord;

export const endpointRouter = {
  list: memberProcedure.query(({ ctx }) => listEndpoints(ctx)),

  deliveries: memberProcedure
    .input(listDeliveries.input)
    .query(({ ctx, input }) => listDeliveries(ctx, input)),

  make: memberProcedure
    .input(createWebhook.input)
    .mutation(({ ctx, input }) => createWebhook(ctx, input)),

  connect: memberProcedure
    .input(connectDialer.input)
    .mutation(({ ctx, input }) => connectDialer(ctx, input)),

  /** Settings of a dialer, without its secret. */
  dialer: memberProcedure
    .input(z.object({ endpointId: EndpointId }))
    .query(({ ctx, input }) => readDialer(ctx, input.endpointId)),

  changeDialer: memberProcedure
    .input(changeDialer.input)
    .mutation(({ ctx, input }) => changeDialer(ctx, input)),

  change: memberProcedure
    .input(changeEndpoint.input)
    .mutation(({ ctx, input }) => changeEndpoint(ctx, input)),

  rotate: memberProcedure
    .input(z.object({ endpointId: EndpointId }))
    .mutation(({ ctx, input }) => rotateSecret(ctx, input.endpointId)),

  replay: memberProcedure
    .input(replayDeliveries.input)
    .mutation(({ ctx, input }) => replayDeliveries(ctx, input)),
} satisfies TRPCRouterRecord;

export const blockedListRouter = {
  read: memberProcedure.query(({ ctx }) => readBlockedList(ctx)),

  set: memberProcedure
    .input(setBlockedList.input)
    .mutation(({ ctx, input }) => setBlockedList(ctx, input)),
} satisfies TRPCRouterRecord;

const OneRegistry = z.object({ registryId: RegistryId });

export const registryRouter = {
  list: memberProcedure.query(({ ctx }) => listRegistries(ctx)),

  coverage: memberProcedure.query(({ ctx }) => listRegistryCoverage(ctx)),

  contactCoverage: memberProcedure.query(({ ctx }) => readContactCoverage(ctx)),

  trends: memberProcedure
    .input(OneRegistry.partial())
    .query(({ ctx, input }) => listRegistryTrends(ctx, input)),

  view: memberProcedure
    .input(OneRegistry)
    .query(({ ctx, input }) => viewRegistry(ctx, input.registryId)),

  editions: memberProcedure
    .input(listEditions.input)
    .query(({ ctx, input }) => listEditions(ctx, input)),

  difference: memberProcedure
    .input(viewEditionChanges.input)
    .query(({ ctx, input }) => viewEditionChanges(ctx, input)),

  /** A mutation, so that the number does not appear in an address. */
  wasListed: memberProcedure
    .input(findPastListings.input)
    .mutation(({ ctx, input }) => findPastListings(ctx, input)),

  connect: memberProcedure
    .input(connectRegistry.input)
    .mutation(({ ctx, input }) => connectRegistry(ctx, input)),

  disconnected: memberProcedure.query(({ ctx }) => listDisconnectedRegistries(ctx)),

  disconnection: memberProcedure
    .input(OneRegistry)
    .query(({ ctx, input }) => viewDisconnection(ctx, input.registryId)),

  disconnect: memberProcedure
    .input(disconnectRegistry.input)
    .mutation(({ ctx, input }) => disconnectRegistry(ctx, input)),

  settleDisconnection: memberProcedure
    .input(reviewDisconnection.input)
    .mutation(({ ctx, input }) => reviewDisconnection(ctx, input)),

  silenceUnread: memberProcedure
    .input(silenceWarning.input)
    .mutation(({ ctx, input }) => silenceWarning(ctx, input)),

  unsilenceUnread: memberProcedure
    .input(restoreWarning.input)
    .mutation(({ ctx, input }) => restoreWarning(ctx, input)),

  reconnect: memberProcedure
    .input(OneRegistry)
    .mutation(({ ctx, input }) => reconnectRegistry(ctx, input.registryId)),

  change: memberProcedure
    .input(changeRegistry.input)
    .mutation(({ ctx, input }) => changeRegistry(ctx, input)),

  setReadings: memberProcedure
    .input(setReadingSchedule.input)
    .mutation(({ ctx, input }) => setReadingSchedule(ctx, input)),

  cancel: memberProcedure
    .input(OneRegistry)
    .mutation(({ ctx, input }) => cancelSync(ctx, input.registryId)),

  sync: memberProcedure
    .input(OneRegistry)
    .mutation(({ ctx, input }) => startSync(ctx, input.registryId)),

  rollBack: memberProcedure
    .input(rollBackRegistry.input)
    .mutation(({ ctx, input }) => rollBackRegistry(ctx, input)),

  questions: memberProcedure
    .input(listRegistryQuestions.input)
    .query(({ ctx, input }) => listRegistryQuestions(ctx, input)),

  ask: memberProcedure
    .input(createRegistryQuestion.input)
    .mutation(({ ctx, input }) => createRegistryQuestion(ctx, input)),

  attest: memberProcedure
    .input(attestRegistryAnswer.input)
    .mutation(({ ctx, input }) => attestRegistryAnswer(ctx, input)),

  settleAnswer: memberProcedure
    .input(reviewRegistryAnswer.input)
    .mutation(({ ctx, input }) => reviewRegistryAnswer(ctx, input)),

  settle: memberProcedure
    .input(reviewEdition.input)
    .mutation(({ ctx, input }) => reviewEdition(ctx, input)),
} satisfies TRPCRouterRecord;

const Queries = z.object({ after: ReassignedQueryId.optional() });

export const reassignedRouter = {
  list: memberProcedure.input(Queries).query(({ ctx, input }) => listReassignedQueries(ctx, input)),

  ask: memberProcedure.mutation(({ ctx }) => createReassignedQuery(ctx)),
} satisfies TRPCRouterRecord;

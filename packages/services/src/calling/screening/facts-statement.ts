import { rolesThatMay } from "@ringfence/core/platform/access";
import { coversSellersSql, hasAccessSql, mayBeUsedSql } from "../../account/api-key/internal.ts";
import { consentTextsSql } from "./authentic-facts.ts";

const rolesThatScreen = rolesThatMay("screening.run")
  .map((role) => `'${role}'`)
  .join(", ");

/**
 * Reads all facts about many calls in ONE statement on the primary, so that the facts of each call belong to
 * one instant of the database's clock. Instants but `now` are returned as epoch milliseconds, so that no session's
 * time zone matters. Consents and answers about reassignment count for the phone alone; opt-outs, suppressions,
 * preferences, calls and permits count for the person, over all phones that the organization knows.
 *
 * Takes six arrays of equal length: organization, number, hash of an erased number, block, line within it,
 * instant. Then the number of days of calls that the longest cap looks back, and the registries for which the
 * day of the listing matters. Then three more arrays: the campaign as the dialer names it, the API key that
 * asks, and whether the settings are wanted, which are the same for all calls of an organization and an
 * instant. Then the kinds of sources that are asked about numbers, and four more arrays: the permit of the call
 * itself, the address from which the key asks, the number of its secret, and whether its request is signed.
 *
 * The arrays are written by hand instead of by `toTable`, because the pool prepares this text by name, and `pg` wants
 * numbered parameters.
 *
 * Consents, suppressions and corrections of opt-outs come with their MACs: `authenticateFacts` leaves out what our
 * code did not write.
 */
export const factsStatement = `
  WITH clock AS MATERIALIZED (
    SELECT clock_timestamp() AS now, (
      SELECT max(size)::float8 FROM ledger.checkpoint WHERE log_id = 1
    ) AS ledger_size, phone_key_generation() AS key_generation
  ), ask AS (
    SELECT asked.*, coalesce(asked_at, now) AS at, now, ledger_size, key_generation
    FROM clock, unnest($1::uuid[], $2::text[], $3::bytea[], $4::bigint[], $5::int[], $6::timestamptz[],
        $9::text[], $10::uuid[], $11::bool[], $13::uuid[], $14::inet[], $15::int[], $16::bool[])
      WITH ORDINALITY
        AS asked (organization_id, e164, phone_key, block, line, asked_at, campaign, key_id,
          wants_settings, permit_id, key_address, key_secret, is_signed, n)
  )
  SELECT
    uuid7() AS id,
    now,
    ledger_size AS "ledgerSize",
    key_generation AS "keyGeneration",
    key_id IS NULL OR EXISTS (
      SELECT FROM api_key LEFT JOIN member AS maker
        ON maker.organization_id = api_key.organization_id AND maker.id = maker_id
      WHERE api_key.organization_id = ask.organization_id AND api_key.id = key_id
        AND ${mayBeUsedSql("api_key", { address: "ask.key_address", secret: "ask.key_secret" })}
        AND (api_key.signed_since IS NULL OR ask.is_signed)
        AND (maker_id IS NULL OR ${hasAccessSql("maker")}
          AND maker.role::text IN (${rolesThatScreen}) AND ${coversSellersSql("api_key", "maker")})
    ) AS "keyStands",
    phone.id AS "phoneId",
    phone.line_type AS "lineType",
    epoch_ms(phone.line_type_at)::float8 AS "lineTypeAt",
    (
      SELECT json_agg(json_build_object(
        'zone', zone, 'region', address_region, 'calledParty', called_party, 'purchasedAt', (
          SELECT epoch_ms(max(at)) FROM activity
          WHERE activity.organization_id = ask.organization_id AND type = 'purchase'
            AND contact_ordinal = contact.ordinal AND at <= ask.at)))
      FROM contact WHERE organization_id = ask.organization_id AND id = ANY (person.contact_ids)
    ) AS contacts,
    (
      SELECT ${consentTextsSql}
      FROM consent_event
      WHERE organization_id = ask.organization_id AND phone_id = ANY (phone.ids)
    ) AS consents,
    (
      SELECT json_agg(json_build_object(
        'scope', scope, 'sellerId', seller_id, 'purpose', purpose, 'at', epoch_ms(at),
        'recordedAt', epoch_ms(recorded_at),
        'corrected', CASE WHEN corrected_at <= ask.at THEN json_build_object(
          'optOutId', id, 'phoneId', phone_id, 'correctionId', correction_id,
          'at', epoch_ms(corrected_at), 'mac', encode(correction_mac, 'hex')) END))
      FROM opt_out_known
      WHERE organization_id = ask.organization_id AND phone_id = ANY (person.ids)
    ) AS "optOuts",
    (
      SELECT json_agg(json_build_object(
        'id', id, 'phoneId', phone_id, 'reason', reason, 'at', epoch_ms(at),
        'until', epoch_ms(until), 'recordedAt', epoch_ms(recorded_at), 'mac', encode(mac, 'hex')))
      FROM suppression
      WHERE organization_id = ask.organization_id AND phone_id = ANY (person.ids)
    ) AS suppressions,
    (
      SELECT json_agg(json_build_object(
        'id', id, 'phoneId', phone_id, 'at', epoch_ms(at), 'days', days, 'opensAt', opens_at,
        'closesAt', closes_at, 'refusedDialers', refused_dialers, 'mac', encode(mac, 'hex'))
        ORDER BY at, id) FILTER (WHERE at <= ask.at)
      FROM call_preference
      WHERE organization_id = ask.organization_id AND phone_id = ANY (person.ids)
    ) AS preferences,
    (
      SELECT json_agg(epoch_ms(at))
      -- Phone by phone (OFFSET keeps it so): or all calls of those days are read to find a person's few.
      -- DISTINCT: a phone is among those of its own contacts too, and its calls count once.
      FROM (SELECT DISTINCT unnest(person.ids) AS phone_id) called CROSS JOIN LATERAL (
        SELECT at FROM call
        WHERE organization_id = ask.organization_id AND call.phone_id = called.phone_id
          AND at > ask.at - make_interval(days => $7) AND at <= ask.at
        OFFSET 0
      ) call
    ) AS calls,
    (
      SELECT json_agg(json_build_object('id', id, 'at', epoch_ms(at), 'until', epoch_ms(until)))
      FROM permits_that_count(ask.organization_id, person.ids, ask.at, ask.campaign, ask.permit_id)
    ) AS permits,
    (
      SELECT json_agg(json_build_object(
        'answer', answer, 'consentDate', epoch_ms(consented_at(consent_date)),
        'askedAt', epoch_ms(asked_at), 'at', epoch_ms(recorded_at)))
      FROM reassigned_answer
      WHERE organization_id = ask.organization_id AND phone_id = ANY (phone.ids)
        AND recorded_at <= ask.at
    ) AS reassigned,
    (
      SELECT json_object_agg(registry_id, CASE WHEN code = ANY ($8)
        THEN listed_since(
          registry.organization_id, registry_id, edition, ask.block, line, lists_ports(code)) END)
      FROM registry JOIN registry_block
        ON registry_block.organization_id = registry.organization_id
        AND registry_block.registry_id = registry.id AND registry_block.block = ask.block
      WHERE registry.organization_id = ask.organization_id AND get_bit(bits, line) = 1
        AND asked_at IS NULL
    ) AS "listedIn",
    (
      -- An answer that came after the instant may have been different then: the edition of that time decides.
      SELECT json_agg(registry.id) FROM registry
      WHERE registry.organization_id = ask.organization_id AND source ->> 'kind' = ANY ($12)
        AND NOT EXISTS (
          SELECT FROM registry_answer AS answer
          WHERE answer.organization_id = registry.organization_id
            AND answer.registry_id = registry.id AND answer.phone_id = phone.known_id
            AND first_at <= ask.at AND (said = 'listed' OR answered_at > ask.at))
    ) AS unanswered,
    -- Only the current state of a campaign is known, so a what-if has none. An unknown name is the dialer's own.
    CASE WHEN ask.campaign IS NOT NULL AND asked_at IS NULL
      THEN campaign_facts(ask.organization_id, ask.campaign)
    END AS campaign,
    CASE WHEN asked_at IS NOT NULL
      THEN registry_history(ask.organization_id, block, line, asked_at, $8)
    END AS history,
    CASE WHEN wants_settings
      THEN screening_settings(ask.organization_id, ask.at)
    END AS settings
  FROM ask
  LEFT JOIN phone known
    ON known.organization_id = ask.organization_id AND known.e164 = ask.e164
  LEFT JOIN phone erased
    ON erased.organization_id = ask.organization_id AND erased.phone_key = ask.phone_key
  CROSS JOIN LATERAL (
    SELECT
      coalesce(known.id, erased.id) AS id,
      known.id AS known_id,
      array_remove(ARRAY[known.id, erased.id], NULL) AS ids,
      least(known.line_type, erased.line_type) AS line_type,
      -- An erased row has no time of a look-up.
      least(known.line_type_at, erased.line_type_at) AS line_type_at
  ) phone
  CROSS JOIN LATERAL (
    SELECT
      phone.ids || coalesce(array_agg(theirs.phone_id), '{}') AS ids,
      array_agg(ours.contact_id) AS contact_ids
    FROM contact_phone ours JOIN contact_phone theirs
      ON theirs.organization_id = ours.organization_id AND theirs.contact_id = ours.contact_id
    WHERE ours.organization_id = ask.organization_id AND ours.phone_id = ANY (phone.ids)
  ) person
  ORDER BY n`;

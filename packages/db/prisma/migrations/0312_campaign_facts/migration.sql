-- What a screening has to know of the campaign that its call names; null if it is none of ours. A function, so that a
-- call without a campaign does not pay for the plan of these queries.
CREATE FUNCTION campaign_facts(for_organization uuid, campaign_key text) RETURNS json
LANGUAGE plpgsql STABLE AS $$
BEGIN
  RETURN (SELECT json_build_object('key', key, 'isRunning', state = 'running', 'hours', hours,
    'cap', json_build_object('calls', cap_calls, 'days', cap_days), 'sellerId', seller_id,
    'settings', json_build_object('dialer', dialer, 'callerNumber', caller_number, 'label', label,
      'labelContract', label_contract, 'offers', (
        -- A draft has no versions yet, and places no calls.
        SELECT coalesce(json_agg(json_build_object('id', offer_id, 'version', coalesce(version, 0))), '[]')
        FROM campaign_offer AS made
        WHERE made.organization_id = campaign.organization_id AND campaign_id = campaign.id)),
    'confirmedDuties', (
      SELECT coalesce(json_agg(json_build_object('rule', rule_id, 'version', rule_version,
        'subject', subject, 'validUntil', valid_until)), '[]')
      FROM duty_confirmation AS confirmed
      WHERE confirmed.organization_id = campaign.organization_id
        AND confirmed.seller_id = campaign.seller_id
        AND (confirmed.campaign_id IS NULL OR confirmed.campaign_id = campaign.id)
        AND NOT EXISTS (
          SELECT FROM duty_withdrawal
          WHERE organization_id = confirmed.organization_id AND confirmation_id = confirmed.id)))
  FROM campaign
  WHERE organization_id = for_organization AND key = campaign_key);
END $$;

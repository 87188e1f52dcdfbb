import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuses } from './fixtures/broken.js';
import { inbound, load } from './fixtures/load.js';

const attributes = (values: Readonly<Record<string, unknown>>) => ({
  Attributes: Object.entries(values).map(([Key, Value]) => ({ Key, Value })),
});
const ARN = 'arn:aws:elasticloadbalancing:eu-west-1:000000000000';
const balancer = (Type: string, LoadBalancerName = 'shop') => ({
  LoadBalancerArn: `${ARN}:loadbalancer/x/${LoadBalancerName}/1`,
  DNSName: `${LoadBalancerName}.elb.eu-west-1.amazonaws.com`,
  LoadBalancerName,
  Scheme: 'internet-facing',
  State: { Code: 'active' },
  Type,
});
const NLB = { LoadBalancers: [balancer('network')] };
const LISTENERS = {
  Listeners: [
    { ListenerArn: `${ARN}:listener/net/shop/1/2`, Port: 443, Protocol: 'TLS' },
    { ListenerArn: `${ARN}:listener/net/shop/1/3`, Port: 5432, Protocol: 'TCP' },
    { ListenerArn: `${ARN}:listener/net/shop/1/4`, Port: 53, Protocol: 'UDP' },
  ],
};
const TCP_600 = attributes({ 'tcp.idle_timeout.seconds': '600' });

test('a listener attribute is the timeout of a Network Load Balancer', async () => {
  const policy = await load({ 'l.json': TCP_600 });
  assert.equal(policy.model, 'aws-nlb');
  const effective = policy.resolve(inbound());
  assert.deepEqual([effective.seconds, effective.action], [600, 'rst-sender-on-next']);
  assert.equal(
    effective.text,
    'tcp.idle_timeout.seconds of AWS Network Load Balancer, TCP listener is 10 min (600 s) (l.json).',
  );
});

test('listeners of TLS have a fixed timeout', async () => {
  const policy = await load({ 'lb.json': NLB, 'listeners.json': LISTENERS, 'a.json': TCP_600 });
  assert.deepEqual([policy.resolve(inbound(443)).seconds, policy.resolve(inbound(5432)).seconds], [350, 600]);
  assert.deepEqual(policy.problems, []);
});

test('the command names the listener where there is one', async () => {
  const one = { Listeners: LISTENERS.Listeners.slice(1, 2) };
  const policy = await load({ 'lb.json': NLB, 'listeners.json': one });
  const [raise] = policy.remedies(policy.resolve(inbound(5432)), 500);
  assert.equal(
    raise.command,
    `aws elbv2 modify-listener-attributes --listener-arn ${ARN}:listener/net/shop/1/3 --attributes Key=tcp.idle_timeout.seconds,Value=501`,
  );
});

test('the attributes of an Application Load Balancer are its own', async () => {
  const alb = attributes({ 'idle_timeout.timeout_seconds': '120', 'client_keep_alive.seconds': '3600' });
  const policy = await load({ 'a.json': alb });
  assert.deepEqual([policy.model, policy.resolve(inbound()).seconds], ['aws-alb', 120]);
  assert.match(
    policy.remedies(policy.resolve(inbound()), 300).at(-1)?.text ?? '',
    /TCP keepalives do not restart/,
  );
});

test('an attribute of another product is a problem', async () => {
  const policy = await load({
    'lb.json': { LoadBalancers: [balancer('application')] },
    'a.json': TCP_600,
  });
  assert.equal(policy.resolve(inbound()).seconds, 60);
  assert.deepEqual(policy.problems, [
    'a.json: tcp.idle_timeout.seconds is no setting of AWS Application Load Balancer and was not used.',
  ]);
});

test('target groups tell a Gateway Load Balancer, and clients of unhealthy targets that are reset', async () => {
  const failover = attributes({ 'target_failover.on_unhealthy': 'no_rebalance' });
  assert.equal((await load({ 't.json': failover, 'l.json': TCP_600 })).model, 'aws-gwlb');
  const unhealthy = attributes({ 'target_health_state.unhealthy.connection_termination.enabled': 'true' });
  const policy = await load({ 'lb.json': NLB, 't.json': unhealthy });
  assert.match(policy.problems[0], /^Clients of an unhealthy target are answered with a reset/);
});

test('values outside of the range are problems', async () => {
  const policy = await load({ 'l.json': attributes({ 'tcp.idle_timeout.seconds': '30' }) });
  assert.match(policy.problems[0], /30 s, is outside 1 min \(60 s\) to 100 min \(6000 s\)/);
});

test('Classic Load Balancers, NAT gateways, network interfaces and firewalls', async () => {
  const classic = {
    LoadBalancerAttributes: {
      ConnectionSettings: { IdleTimeout: 3700 },
      ConnectionDraining: { Enabled: true, Timeout: 300 },
    },
  };
  const clb = await load({ 'clb.json': classic });
  assert.deepEqual([clb.model, clb.resolve(inbound()).seconds], ['aws-clb', 3700]);
  assert.match(clb.problems[0], /is within .* but above the 60 min \(3600 s\)/);
  const nat = await load({ 'nat.json': { NatGateways: [{ NatGatewayId: 'nat-0', State: 'available' }] } });
  assert.deepEqual([nat.model, nat.resolve(inbound()).seconds], ['aws-nat-gateway', 350]);
  const eni = {
    NetworkInterfaces: [
      {
        NetworkInterfaceId: 'eni-0',
        PrivateIpAddress: '10.0.0.7',
        ConnectionTrackingConfiguration: {
          TcpEstablishedTimeout: 350,
          UdpStreamTimeout: 180,
          UdpTimeout: 30,
        },
      },
    ],
  };
  const group = await load({ 'eni.json': eni });
  assert.deepEqual([group.model, group.resolve(inbound()).seconds], ['aws-security-group', 350]);
  const firewall = {
    FirewallPolicy: {
      StatefulEngineOptions: {
        StreamExceptionPolicy: 'REJECT',
        FlowTimeouts: { TcpIdleTimeoutSeconds: 900 },
      },
    },
  };
  const effective = (await load({ 'f.json': firewall })).resolve(inbound());
  assert.deepEqual([effective.seconds, effective.action], [900, 'rst-sender-on-next']);
});

test('several products in a row are a path', async () => {
  const policy = await load({ 'nat.json': { NatGateways: [{ NatGatewayId: 'nat-0' }] }, 'l.json': TCP_600 });
  assert.equal(policy.model, 'aws-nat-gateway + aws-nlb');
  assert.equal(policy.resolve(inbound()).device, 'nat-0');
});

const attribute = (key: string, value: unknown) => ({ 'a.json': attributes({ [key]: value }) });

refuses('aws', [
  [
    attribute('tcp.idle_timeout.seconds', 350),
    'a.json:5: Attributes[0].Value: expected a text, as aws prints every attribute, got 350',
  ],
  [
    attribute('tcp.idle_timeout.seconds', '6m'),
    'a.json: tcp.idle_timeout.seconds: expected a whole number of seconds above 0, got "6m"',
  ],
  [
    attribute('idle_timeout.timeout_seconds', '0'),
    'a.json: idle_timeout.timeout_seconds: expected a whole number of seconds above 0, got "0"',
  ],
  [
    { 'a.json': attributes({ 'tcp.idle_timeout.seconds': '350', 'deletion_protection.enabled': 'false' }) },
    "a.json: Attributes: tcp.idle_timeout.seconds belongs to a listener, deletion_protection.enabled to a load balancer; give each describe command's own output",
  ],
  [
    attribute('tcp.idle_time.seconds', '350'),
    'a.json: Attributes: none of tcp.idle_time.seconds is an attribute of a load balancer, listener or target group that is known',
  ],
  [
    { 'a.json': { Attributes: [] } },
    'a.json:2: Attributes: expected a list of attributes, got an empty list',
  ],
  [
    { 'a.json': { Attributes: [{ Key: 5, Value: '1' }] } },
    'a.json:4: Attributes[0].Key: expected a text, got 5',
  ],
  [
    attribute('deregistration_delay.timeout_seconds', '300'),
    'a.json does not tell what the load balancer is: add the output of "aws elbv2 describe-load-balancers" or "describe-listener-attributes"',
  ],
  [
    { 'lb.json': { LoadBalancers: [balancer('network', 'a'), balancer('network', 'b')] } },
    'more than one load balancer: a, b; give the one in the captures (--names)',
  ],
  [
    { 'lb.json': { LoadBalancers: [balancer('netwrk')] } },
    'lb.json:11: LoadBalancers[0].Type: expected a type (network, application, gateway) (did you mean \'network\'?), got "netwrk"',
  ],
  [
    { 'lb.json': NLB, 'listeners.json': { Listeners: [{ ListenerArn: 'x', Port: '443', Protocol: 'TCP' }] } },
    'listeners.json:5: Listeners[0].Port: expected a port from 1 to 65535, got "443"',
  ],
  [
    { 'a.json': TCP_600, 'b.json': attributes({ 'tcp.idle_timeout.seconds': '700' }) },
    'tcp.idle_timeout.seconds is given twice, with 600 and with 700: give the listener in the captures',
  ],
  [
    { 'clb.json': { LoadBalancerAttributes: { ConnectionSettings: { IdleTimeout: '60' } } } },
    'clb.json:4: LoadBalancerAttributes.ConnectionSettings.IdleTimeout: expected a number above 0, got "60"',
  ],
  [
    { 'clb.json': { LoadBalancerAttributes: { ConnectionSettings: { IdleTimeout: -1 } } } },
    'clb.json:4: LoadBalancerAttributes.ConnectionSettings.IdleTimeout: expected a number above 0, got -1',
  ],
  [
    {
      'e.json': { NetworkInterfaces: [{ ConnectionTrackingConfiguration: { TcpEstablishedTimeout: true } }] },
    },
    'e.json:5: NetworkInterfaces[0].ConnectionTrackingConfiguration.TcpEstablishedTimeout: expected a number above 0, got true',
  ],
  [
    { 'f.json': { StatefulEngineOptions: { StreamExceptionPolicy: 'REJCT' } } },
    'f.json:3: StatefulEngineOptions.StreamExceptionPolicy: expected DROP, CONTINUE or REJECT (did you mean \'reject\'?), got "REJCT"',
  ],
]);

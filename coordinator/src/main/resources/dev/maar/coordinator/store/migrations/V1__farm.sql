-- Plans, jobs and results are JSON lines as dev.maar.agent.job.JobJson writes them. Times are milliseconds since 1970.

create table experiment (
    id text primary key,
    request text not null,
    plan text not null,
    folder text not null,
    state text not null check (state in ('running', 'completed', 'aborted', 'failed')),
    priority integer not null,
    created_at bigint not null
);

-- The token counts how often the job was handed out; only the agent that holds the newest one may answer.
create table job (
    id text primary key,
    experiment text not null references experiment (id),
    stage text not null,
    cost_key text not null,
    spec text not null,
    state text not null check (state in ('open', 'leased', 'done')),
    owner text not null,
    token bigint not null,
    posted_at bigint not null
);

create index job_by_experiment on job (experiment, state);

create table result (
    job text primary key references job (id),
    experiment text not null references experiment (id),
    agent text not null,
    token bigint not null,
    result text not null,
    millis bigint not null,
    recorded_at bigint not null
);

create index result_by_experiment on result (experiment, recorded_at);

create table agent (
    id text primary key,
    version text not null,
    facts text not null,
    first_seen_at bigint not null,
    last_seen_at bigint not null
);

create table cost (
    cost_key text primary key,
    jobs bigint not null,
    millis bigint not null
);

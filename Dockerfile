# How it was tried, and what was not: docs/deployment.md, "In containers".
# Debian's release is named because its pg_dump must be that of the database: 15.
FROM python:3.11-slim-bookworm AS build
WORKDIR /srv/clinic
RUN python -m venv /srv/venv
COPY requirements/runtime.txt requirements/runtime.txt
RUN /srv/venv/bin/pip install --no-cache-dir --require-hashes -r requirements/runtime.txt
COPY manage.py ./
COPY clinic clinic
COPY screening screening
COPY templates templates
# Only to gather the static files: the secrets of this one step are thrown away.
RUN CLINIC_MODE=demo /srv/venv/bin/python manage.py collectstatic --noinput && rm -rf var

FROM python:3.11-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends postgresql-client-15 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin clinic
COPY --from=build /srv/venv /srv/venv
COPY --from=build /srv/clinic /srv/clinic
WORKDIR /srv/clinic
ENV PATH=/srv/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
USER clinic
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s CMD ["python", "-m", "clinic.probe"]
CMD ["gunicorn", "--config=python:clinic.server", "--bind=0.0.0.0:8000", "--worker-tmp-dir=/dev/shm", "clinic.wsgi"]

FROM python:3.11-slim AS packages
WORKDIR /app
COPY requirements.lock ./
RUN python -m venv .venv && .venv/bin/pip install --require-hashes --no-deps --only-binary :all: -r requirements.lock

# The tools build what is served, in an environment of their own; none of it goes along.
FROM python:3.11-slim AS build
WORKDIR /app
COPY . .
RUN python -m devtools.bootstrap \
 && .venv/bin/python -m devtools.assets \
 && .venv/bin/python -m devtools.texts compile \
 && DJANGO_SETTINGS_MODULE=kb.settings.development .venv/bin/python manage.py prepare_static \
 && rm -rf .venv node_modules devtools tests

FROM python:3.11-slim
WORKDIR /app
RUN useradd --system --home /app sparring && mkdir -p var/media var/kept && chown -R sparring var
COPY --from=build /app /app
COPY --from=packages /app/.venv /app/.venv
ENV PATH=/app/.venv/bin:$PATH DJANGO_SETTINGS_MODULE=kb.settings.production PYTHONUNBUFFERED=1
USER sparring
EXPOSE 8000
CMD ["gunicorn", "kb.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", "--threads", "4"]

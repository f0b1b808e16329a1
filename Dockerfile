# syntax=docker/dockerfile:1
# Two stages: the first installs, the second runs, without pip, compilers or root.

FROM python:3.13-slim AS build
WORKDIR /src
RUN python -m venv /opt/os2kb
COPY requirements/base.txt requirements/base.txt
RUN /opt/os2kb/bin/pip install --no-cache-dir -r requirements/base.txt
COPY pyproject.toml README.md LICENSE ./
COPY index index
COPY os2kb os2kb
COPY prompts prompts
COPY webhooks webhooks
COPY samples samples
RUN /opt/os2kb/bin/pip install --no-cache-dir --no-deps .
# A neural model is baked in: docker build --build-arg EMBEDDER=sentence-transformers:intfloat/multilingual-e5-small
ARG EMBEDDER=lsa
COPY requirements/neural.txt requirements/neural.txt
RUN mkdir /opt/models \
    && case "$EMBEDDER" in sentence-transformers:*) \
        /opt/os2kb/bin/pip install --no-cache-dir torch==2.13.0 \
        && /opt/os2kb/bin/pip install --no-cache-dir -r requirements/neural.txt \
        && HF_HOME=/opt/models OS2KB_EMBEDDER="$EMBEDDER" /opt/os2kb/bin/os2kb index download ;; \
    esac

FROM python:3.13-slim
# git: sources may be git repositories.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends git \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin os2kb \
    && install --directory --owner os2kb /data
COPY --from=build /opt/os2kb /opt/os2kb
COPY --from=build /opt/models /opt/models
ARG EMBEDDER=lsa
ENV PATH=/opt/os2kb/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    HF_HOME=/opt/models \
    HF_HUB_OFFLINE=1 \
    OS2KB_EMBEDDER=$EMBEDDER \
    OS2KB_DATA_DIR=/data \
    OS2KB_HOST=0.0.0.0
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8080
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8080/readyz', timeout=4)"]
# Everything is written below /data and /tmp, so the root file system can be read-only.
CMD ["os2kb", "serve"]

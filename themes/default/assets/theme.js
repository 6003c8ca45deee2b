{const d=document,r=d.documentElement.dataset,s=localStorage
for(const k of["theme","density"])r[k]=s[k]||""
addEventListener("DOMContentLoaded",()=>{const c=d.getElementsByTagName("select")[0]
c.value=r.theme||""
c.labels[0].hidden=!1
c.onchange=()=>r.theme=s.theme=c.value})}
